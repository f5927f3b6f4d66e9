"""The published list of regions made into ours: nodes that are none, cities without counties."""

from gipcore.register.fetch import regions_of

PROVINCES = {"31": "上海市", "41": "河南省", "44": "广东省", "50": "重庆市", "62": "甘肃省"}
CITIES = {
    "3101": "市辖区",
    "4103": "洛阳市",
    "4190": "省直辖县级行政区划",
    "4419": "东莞市",
    "5002": "县",
    "6202": "嘉峪关市",
}
COUNTIES = {
    "310101": "黄浦区",
    "410303": "西工区",
    "419001": "济源市",
    "441900": "东莞市",
    "500229": "城口县",
    "620201": "嘉峪关市",
}
STREETS = {
    "410303002": "金谷园路街道",
    "410303003": "西工区西工街道办事处",
    "419001001": "济源市沁园街道",
    "419001100": "济源市街道",
    "441900003": "东城街道",
    "620201001": "雄关街道",
}
LISTS = {
    "provinces": [{"code": code, "name": name} for code, name in PROVINCES.items()],
    "cities": [
        {"code": code, "name": name, "provinceCode": code[:2]} for code, name in CITIES.items()
    ],
    "areas": [
        {"code": code, "name": name, "cityCode": code[:4], "provinceCode": code[:2]}
        for code, name in COUNTIES.items()
    ],
    "streets": [
        {"code": code, "name": name, "areaCode": code[:6], "cityCode": code[:4]}
        for code, name in STREETS.items()
    ],
}


def test_each_region_has_the_one_it_lies_in_for_parent():
    found = {r.code: (r.name, r.parent_code, r.level) for r in regions_of(LISTS, {})}
    assert found == {
        "310000": ("上海市", None, "province"),
        "310101": ("黄浦区", "310000", "county"),
        "410000": ("河南省", None, "province"),
        "410300": ("洛阳市", "410000", "city"),
        "410303": ("西工区", "410300", "county"),
        "410303002": ("金谷园路街道", "410303", "township"),
        "410303003": ("西工街道", "410303", "township"),
        "419001": ("济源市", "410000", "county"),
        "419001001": ("沁园街道", "419001", "township"),
        "419001100": ("济源市街道", "419001", "township"),
        "440000": ("广东省", None, "province"),
        "441900": ("东莞市", "440000", "city"),
        "441900003": ("东城街道", "441900", "township"),
        "500000": ("重庆市", None, "province"),
        "500229": ("城口县", "500000", "county"),
        "620000": ("甘肃省", None, "province"),
        "620200": ("嘉峪关市", "620000", "city"),
        "620201001": ("雄关街道", "620200", "township"),
    }


def test_parents_stand_before_what_lies_in_them():
    codes = [region.code for region in regions_of(LISTS, {})]
    for region in regions_of(LISTS, {}):
        if region.parent_code is not None:
            assert codes.index(region.parent_code) < codes.index(region.code)


def test_english_name_is_kept_only_for_the_same_name():
    english = {("410303", "西工区"): "Xigong District", ("410300", "河洛市"): "Heluo"}
    found = {region.code: region.name_en for region in regions_of(LISTS, english)}
    assert found["410303"] == "Xigong District"
    assert found["410300"] is None
