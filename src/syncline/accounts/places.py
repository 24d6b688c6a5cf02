"""Offsets from UTC of places that accounts name: enough to see that hours and place do not fit.

Hours in winter and in summer, or of a country's westernmost and easternmost zone, as in the IANA time zone
database in 2024. A place that is not listed is not judged.
"""

from syncline.traces.normalise import normalise_text

_WRITTEN = """
-10 -5: usa, united states, united states of america, us, u s a, the united states, america, сша
-8 -2.5: canada
-8 -7: california, los angeles, san francisco, seattle, las vegas, san diego, portland, vancouver
-7 -6: denver, colorado, utah, calgary, edmonton
-7 -7: arizona, phoenix
-6 -5: chicago, texas, houston, dallas, austin, illinois, minneapolis, minnesota, new orleans, tennessee
-5 -4: new york, nyc, new york city, brooklyn, boston, washington dc, philadelphia, miami, florida
-5 -4: atlanta, georgia usa
-5 -4: toronto, montreal, ottawa, detroit, ohio, michigan, pennsylvania, virginia, north carolina
-8 -5: mexico, méxico
-6 -6: mexico city, ciudad de méxico, cdmx
-5 -5: colombia, bogotá, bogota, peru, lima, ecuador, quito
-4 -4: venezuela, caracas, bolivia
-4 -3: chile, santiago
-5 -2: brazil, brasil
-3 -3: argentina, buenos aires, uruguay, são paulo, sao paulo, rio de janeiro
0 1: united kingdom, uk, england, scotland, wales, london, manchester, birmingham, ireland, dublin
0 1: portugal, lisbon, لندن
0 0: ghana, accra, senegal, iceland
1 1: nigeria, lagos, algeria, الجزائر, tunisia, تونس
0 1: morocco, المغرب
1 2: france, paris, lyon, germany, deutschland, berlin, spain, españa, madrid, barcelona, italy, italia
1 2: rome, milan, آلمان
1 2: netherlands, amsterdam, belgium, brussels, bruxelles, austria, vienna, switzerland, sweden
1 2: stockholm, norway, oslo
1 2: denmark, poland, warsaw, czech republic, prague, hungary, serbia, belgrade, croatia, albania
1 2: tirana, shqipëri, فرانسه
2 2: south africa, johannesburg, cape town, libya, ليبيا
2 3: greece, athens, romania, bulgaria, finland, helsinki, ukraine, kyiv, kiev, україна, киев, israel
2 3: tel aviv, jerusalem
2 3: lebanon, beirut, لبنان, بيروت, egypt, cairo, مصر, القاهرة, palestine, فلسطين, غزة
2 3: syria, damascus, سوريا, jordan, amman, الأردن
2 12: russia, россия
3 3: moscow, москва, saint petersburg, санкт петербург, istanbul, ankara, turkey, türkiye, استانبول
3 3: belarus, minsk
3 3: saudi arabia, riyadh, السعودية, الرياض, iraq, baghdad, العراق, بغداد, عراق, kuwait, الكويت, qatar
3 3: قطر, yemen, اليمن
3 3: kenya, nairobi, ethiopia, addis ababa, bahrain, البحرين
3.5 4.5: iran, islamic republic of iran, tehran, shiraz, isfahan, mashhad, tabriz, qom, ایران, تهران
3.5 4.5: شیراز, اصفهان, مشهد, تبریز, قم
4 4: dubai, abu dhabi, united arab emirates, uae, الإمارات, دبي, oman, عمان, armenia, yerevan
4 4: azerbaijan, baku, tbilisi
4.5 4.5: afghanistan, kabul, افغانستان, کابل, هرات
5 5: pakistan, karachi, lahore, islamabad, پاکستان, uzbekistan, tajikistan
5.5 5.5: india, mumbai, delhi, new delhi, bangalore, bengaluru, hyderabad, chennai, kolkata, sri lanka
6 6: bangladesh, dhaka
7 7: vietnam, hanoi, thailand, bangkok, jakarta
7 9: indonesia
8 8: china, beijing, shanghai, hong kong, taiwan, taipei, singapore, malaysia, philippines, manila
8 8: perth, 中国, 北京, 上海, 香港, 台灣
8 8: 中华人民共和国, 台湾
9 9: japan, tokyo, 日本, 東京, south korea, korea, seoul, 대한민국, 서울
8 11: australia
10 11: sydney, melbourne, brisbane, canberra
12 13: new zealand, auckland
"""

_OFFSETS: dict[str, tuple[float, float]] = {}
for _line in _WRITTEN.strip().splitlines():
    _range, _names = _line.split(":")
    _low, _high = (float(_each) for _each in _range.split())
    _OFFSETS |= {normalise_text(_name): (_low, _high) for _name in _names.split(",")}


def offsets(location: str) -> tuple[float, float] | None:
    """The least and the greatest offset from UTC, hours, of the place that `location` names, or None.

    Of "Lyon, France" the first part that is known decides.
    """
    parts = [location, *location.replace("،", ",").split(",")]
    known = (_OFFSETS.get(normalise_text(part)) for part in parts)
    return next((each for each in known if each is not None), None)


def utc(offset: float) -> str:
    """ "UTC", "UTC+3:30", "UTC-5"."""
    hours, minutes = divmod(round(abs(offset) * 60), 60)
    if not hours and not minutes:
        return "UTC"
    return f"UTC{'-' if offset < 0 else '+'}{hours}{f':{minutes:02d}' if minutes else ''}"
