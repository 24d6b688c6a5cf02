"""The fixed neutral words that simulated posts are made of. They say nothing, on purpose."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS: dict[str, tuple[str, ...]] = {
    "en": _words(
        """
        river paper stone glass north bridge garden copper winter forest letter silver window table
        cloud orange market signal engine basket lantern meadow pebble ribbon saddle timber valley
        wagon anchor barrel candle drawer feather gravel harbour island jacket kettle ladder marble
        needle orchard pencil quarry rafter shelf thread umbrella violet willow yarn amber bottle
        chalk dome elm fern grove hinge ink jar kite linen moss nest oven plum quilt reed sand tile
        urn vine wheel acorn brick clay dust east field gate hill ivory juniper knot lake mill noon
        olive pond quartz rain salt tower upper verge water yellow zinc and the of by under near
        between over with from
        """
    ),
    "fr": _words(
        """
        rivière papier pierre verre nord pont jardin cuivre hiver forêt lettre argent fenêtre table
        nuage orange marché signal moteur panier lanterne prairie caillou ruban selle bois vallée
        chariot ancre tonneau bougie tiroir plume gravier port île veste bouilloire échelle marbre
        aiguille verger crayon carrière poutre étagère fil parapluie violette saule laine ambre
        bouteille craie dôme orme fougère bosquet charnière encre bocal toile mousse nid four prune
        roseau sable tuile urne vigne roue gland brique argile poussière est champ portail colline
        ivoire nœud lac moulin midi olive étang quartz pluie sel tour eau jaune zinc et le la de
        sous près entre sur avec
        """
    ),
    "fa": _words(
        """
        رودخانه کاغذ سنگ شیشه شمال پل باغ مس زمستان جنگل نامه نقره پنجره میز ابر نارنجی بازار چراغ
        موتور سبد فانوس چمنزار ریگ روبان زین چوب دره گاری لنگر بشکه شمع کشو پر شن بندر جزیره کت کتری
        نردبان مرمر سوزن باغچه مداد معدن تیر قفسه نخ چتر بنفشه بید پشم کهربا بطری گچ گنبد نارون سرخس
        بیشه لولا جوهر کوزه بادبادک کتان خزه آشیانه تنور آلو لحاف نی ماسه کاشی تاک چرخ بلوط آجر رس
        غبار شرق مزرعه دروازه تپه عاج گره دریاچه آسیاب ظهر زیتون برکه باران نمک برج آب زرد روی و از
        در با زیر نزدیک میان
        """
    ),
}

LANGUAGES = tuple(WORDS)

GIVEN_NAMES: dict[str, tuple[str, ...]] = {
    "en": _words(
        """
        Alex Sam Robin Jo Chris Kim Lee Max Pat Toni Jamie Ash Drew Morgan Casey Taylor Quinn Rowan
        """
    ),
    "fr": _words(
        """
        Camille Claude Dominique Sacha Lou Alix Noa Charlie Andrea Maxence Eden Morgane Gael Lin
        """
    ),
    "fa": _words(
        """
        آرمان بهار نسیم شادی کیان مهر سپیده نیما باران ساحل ماهان آوا نگار پویا سینا رها
        """
    ),
}

# Bios of ordinary people: interests only.
BIO_PATTERNS = (
    "{a} and {b}",
    "I like {a}, {b} and {c}.",
    "{a} | {b} | {c}",
    "mostly {a}",
    "{b}, {a}. Views my own.",
    "",
)

# One template for a camp's bios; its slots vary.
BIO_TEMPLATE = "{a} first. {b} and {c} every day, {place}."

CLIENTS = ("Phone App A", "Phone App B", "Web App", "Deck", "PlanPost", "Newsroom CMS", "Flow Automation")
