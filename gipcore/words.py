"""Text in two languages and the legal source of a claim."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The two languages that everything public is written in; the value is the code in URLs."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def within(self, language: Language) -> str:
        """Return the words in one language."""
        return self.en if language is Language.EN else self.zh


@dataclass(frozen=True, slots=True)
class Source:
    """Where a legal statement comes from: the notice or law, and the place in it."""

    notice: str
    place: str

    def __str__(self) -> str:
        return f"{self.notice} {self.place}".strip()


NOTICE_2021 = "国办公开办函〔2021〕30号"
NOTICE_2019 = "国办公开办函〔2019〕60号"
REGULATIONS = "政府信息公开条例（2019）"
LEGISLATION_LAW = "立法法（2023修正）"
