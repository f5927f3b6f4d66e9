"""One spelling for what documents write in many: widths, brackets, quotes, spaces, numbering."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
SAME = str.maketrans(
    {
        "〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")", "﹝": "(", "﹞": ")",
        "“": '"', "”": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"',
        "‘": '"', "’": '"', "'": '"', "＂": '"', "《": '"', "》": '"', "〈": '"', "〉": '"',
        "—": "-", "－": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "─": "-",
        "、": "、", "﹑": "、", "．": ".", "﹒": ".", "·": ".", "•": ".", "。": "。",
        "〇": "〇", "○": "〇",
    }
)  # fmt: skip
# Traditional characters of the form's own and neighbouring words (not a general converter),
# each followed by its simplified form.
TRADITIONAL_PAIRS = (
    "倉仓 個个 們们 備备 傳传 傷伤 價价 億亿 優优 內内 兩两 則则 創创 劃划 動动 務务 勞劳 "
    "勢势 區区 協协 單单 國国 園园 圖图 團团 執执 堅坚 報报 場场 塊块 壓压 學学 實实 寧宁 "
    "審审 寫写 將将 對对 導导 層层 屬属 岡冈 島岛 師师 帶带 幫帮 幹干 庫库 廠厂 廢废 廣广 "
    "廳厅 強强 彙汇 後后 從从 復复 態态 慶庆 憲宪 應应 懸悬 戰战 戶户 採采 擇择 擔担 據据 "
    "擬拟 攜携 數数 於于 時时 暢畅 曆历 書书 會会 東东 條条 業业 構构 樓楼 標标 樣样 機机 "
    "檔档 檢检 權权 歲岁 歷历 殘残 沒没 況况 減减 準准 溫温 滿满 漁渔 濟济 災灾 為为 無无 "
    "營营 獲获 現现 環环 產产 當当 療疗 發发 盡尽 監监 確确 祕秘 稅税 種种 稱称 積积 穩稳 "
    "節节 範范 簡简 糧粮 糾纠 紀纪 約约 紅红 納纳 純纯 紙纸 級级 細细 終终 組组 結结 絕绝 "
    "絡络 給给 統统 經经 維维 網网 緊紧 線线 編编 練练 縣县 縮缩 總总 織织 繼继 續续 罰罚 "
    "義义 習习 聯联 聲声 職职 聽听 肅肃 腦脑 臨临 與与 舉举 舊旧 華华 萬万 藝艺 藥药 蘇苏 "
    "蘭兰 處处 號号 術术 衛卫 衝冲 補补 裝装 製制 複复 見见 規规 親亲 覽览 觀观 訂订 計计 "
    "訊讯 訟讼 訪访 設设 許许 訴诉 註注 評评 詢询 試试 話话 該该 詳详 認认 語语 誠诚 說说 "
    "課课 調调 請请 論论 諮咨 謝谢 證证 識识 譯译 議议 護护 讀读 變变 財财 貧贫 貨货 貫贯 "
    "責责 買买 費费 貿贸 資资 賞赏 賣卖 質质 購购 贈赠 趙赵 跡迹 車车 軌轨 軍军 軟软 較较 "
    "載载 輔辅 輪轮 輸输 轄辖 轉转 辦办 辭辞 農农 連连 進进 運运 過过 達达 違违 遲迟 選选 "
    "還还 邊边 郵邮 鄉乡 鄧邓 醫医 釋释 錄录 錢钱 鍵键 鎮镇 鐘钟 鐵铁 長长 門门 閉闭 開开 "
    "間间 關关 陳陈 陸陆 陽阳 隊队 階阶 際际 隨随 險险 雜杂 離离 難难 雲云 電电 靈灵 靜静 "
    "響响 頁页 項项 順顺 預预 領领 頭头 題题 額额 類类 顧顾 顯显 風风 飛飞 飲饮 養养 館馆 "
    "馬马 驅驱 驗验 體体 麗丽 黃黄 點点 黨党 齊齐 龍龙 "
)
TRADITIONAL = str.maketrans({pair[0]: pair[1] for pair in TRADITIONAL_PAIRS.split()})


# Marks of notes: raised digits anywhere, circled ones at the end of a text (before it they number).
RAISED = dict.fromkeys(map(ord, "¹²³⁰⁴⁵⁶⁷⁸⁹"))
CIRCLED_END = re.compile(r"(?<=\w)[\u2460-\u2473]+$")


@lru_cache(maxsize=20_000)
def normalize(text: str) -> str:
    """Return text in one spelling without any spaces; for comparing, never for showing."""
    wide = SPACES.sub("", text.translate(SAME).translate(RAISED))
    wide = CIRCLED_END.sub("", wide)
    return unicodedata.normalize("NFKC", wide).translate(SAME).translate(TRADITIONAL)


CHINESE_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"〇": 0, "零": 0}

TOP = re.compile(r"^([一二三四五六七八九十])[、.,:]")
GROUP = re.compile(r"^\(([一二三四五六七八九十])\)[、.,:]?")
LEAF = re.compile(r"^\(?(\d{1,2})\)?[、.,:)]?(?=\D)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A label apart from its numbering: 一、 is a top number, （一） a group's, 1. a leaf's."""

    core: str
    top: int | None = None
    group: int | None = None
    leaf: int | None = None


@lru_cache(maxsize=20_000)
def numbered(label: str) -> Numbered:
    """Take the numbering off a normalized label."""
    for kind, pattern in (("top", TOP), ("group", GROUP), ("leaf", LEAF)):
        match = pattern.match(label)
        if match:
            mark = match.group(1)
            number = CHINESE_DIGITS.get(mark) or (int(mark) if mark.isdigit() else None)
            return Numbered(label[match.end() :], **{kind: number})
    return Numbered(label)


NOTE = re.compile(r"\([^()]*\)")


def without_notes(label: str) -> str:
    """Take bracketed notes out of a normalized label."""
    return NOTE.sub("", label)


def bare(label: str) -> str:
    """Return only the letters and digits of a normalized label."""
    return "".join(character for character in label if character.isalnum())
