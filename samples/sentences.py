"""English sentences and their Chinese: other words come first, and things are counted with a measure word.

"the teacher bought two red apples at the market yesterday" is 老师昨天在市场上买了两个红苹果: time and place stand
before the verb, what was done is said by 了, and apples are counted with 个. Nouns come with the adjectives that go
with them, and verbs with their things and places, as they are said. Made for this program.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .chance import Chance, distinct

COUNT, SEED, LONGEST = 3000, 4, 67


class Noun(NamedTuple):
    """One and several of it, how it is counted, and what it is called: plainly, and with an adjective."""

    one: str
    several: str
    measure: str
    chinese: str
    described: dict[str, str]


class Verb(NamedTuple):
    """What is done to some things in some places, and how it is said: base, past, present participle, in Chinese."""

    base: str
    past: str
    doing: str
    chinese: str
    things: tuple[str, ...]
    places: tuple[str, ...]


PEOPLE = {
    "the teacher": "老师",
    "the new teacher": "新老师",
    "the young teacher": "年轻的老师",
    "the student": "学生",
    "the new student": "新学生",
    "the doctor": "医生",
    "the old doctor": "老医生",
    "the young doctor": "年轻的医生",
    "the farmer": "农民",
    "the old farmer": "老农民",
    "the cook": "厨师",
    "the young cook": "年轻的厨师",
    "the nurse": "护士",
    "the young nurse": "年轻的护士",
    "the boy": "男孩",
    "the little boy": "小男孩",
    "the girl": "女孩",
    "the little girl": "小女孩",
    "my mother": "我妈妈",
    "my father": "我爸爸",
    "my friend": "我的朋友",
    "our neighbour": "我们的邻居",
}
NOUNS = {
    noun.one: noun
    for noun in (
        Noun("book", "books", "本", "书", {"new": "新书", "old": "旧书", "interesting": "有趣的书"}),
        Noun("magazine", "magazines", "本", "杂志", {"new": "新杂志", "old": "旧杂志"}),
        Noun("newspaper", "newspapers", "份", "报纸", {"old": "旧报纸"}),
        Noun("letter", "letters", "封", "信", {"long": "长信", "important": "重要的信"}),
        Noun("story", "stories", "个", "故事", {"long": "很长的故事", "interesting": "有趣的故事"}),
        Noun("poem", "poems", "首", "诗", {"long": "长诗", "short": "短诗", "beautiful": "美丽的诗"}),
        Noun("apple", "apples", "个", "苹果", {"red": "红苹果", "green": "青苹果", "big": "大苹果"}),
        Noun("egg", "eggs", "个", "鸡蛋", {"big": "大鸡蛋", "small": "小鸡蛋"}),
        Noun("cake", "cakes", "块", "蛋糕", {"big": "大蛋糕", "small": "小蛋糕"}),
        Noun("fish", "fish", "条", "鱼", {"big": "大鱼", "small": "小鱼"}),
        Noun("horse", "horses", "匹", "马", {"white": "白马", "black": "黑马", "small": "小马"}),
        Noun("cat", "cats", "只", "猫", {"white": "白猫", "black": "黑猫", "small": "小猫"}),
        Noun("bird", "birds", "只", "鸟", {"white": "白鸟", "small": "小鸟", "beautiful": "美丽的鸟"}),
        Noun("flower", "flowers", "朵", "花", {"red": "红花", "white": "白花", "beautiful": "美丽的花"}),
        Noun("tree", "trees", "棵", "树", {"big": "大树", "small": "小树", "old": "老树"}),
        Noun("house", "houses", "座", "房子", {"white": "白房子", "big": "大房子", "old": "老房子"}),
        Noun("shirt", "shirts", "件", "衬衫", {"white": "白衬衫", "blue": "蓝衬衫", "new": "新衬衫"}),
        Noun("hat", "hats", "顶", "帽子", {"red": "红帽子", "black": "黑帽子", "new": "新帽子"}),
        Noun("umbrella", "umbrellas", "把", "雨伞", {"black": "黑雨伞", "red": "红雨伞", "old": "旧雨伞"}),
        Noun("key", "keys", "把", "钥匙", {"small": "小钥匙", "old": "旧钥匙"}),
        Noun("chair", "chairs", "把", "椅子", {"old": "旧椅子", "white": "白椅子", "small": "小椅子"}),
        Noun("table", "tables", "张", "桌子", {"old": "旧桌子", "big": "大桌子", "small": "小桌子"}),
        Noun("car", "cars", "辆", "汽车", {"old": "旧汽车", "blue": "蓝汽车", "small": "小汽车"}),
        Noun("bicycle", "bicycles", "辆", "自行车", {"old": "旧自行车", "new": "新自行车", "red": "红自行车"}),
        Noun("cup of tea", "cups of tea", "杯", "茶", {"hot": "热茶"}),
        Noun("cup of coffee", "cups of coffee", "杯", "咖啡", {"hot": "热咖啡"}),
        Noun("glass of milk", "glasses of milk", "杯", "牛奶", {"cold": "冷牛奶"}),
    )
}
PLACES = {
    "at home": "在家里",
    "at school": "在学校里",
    "in the garden": "在花园里",
    "in the kitchen": "在厨房里",
    "in the park": "在公园里",
    "in the library": "在图书馆里",
    "in the shop": "在商店里",
    "at the market": "在市场上",
    "at the station": "在车站",
    "by the river": "在河边",
}
DRINKS = ("cup of tea", "cup of coffee", "glass of milk")
CLOTHES = ("shirt", "hat")
VERBS = (
    Verb(
        *("buy", "bought", "buying", "买"),
        ("book", "magazine", "newspaper", "apple", "egg", "cake", "fish", "flower", "umbrella", "chair", *CLOTHES),
        ("at the market", "in the shop", "at the station"),
    ),
    Verb(
        *("sell", "sold", "selling", "卖"),
        ("apple", "egg", "fish", "flower", "hat", "umbrella", "chair", "table", "bicycle", "book"),
        ("at the market", "at the station", "by the river"),
    ),
    Verb(
        *("read", "read", "reading", "读"),
        ("book", "letter", "story", "poem"),
        ("at home", "at school", "in the library", "in the garden", "in the park", "at the station"),
    ),
    Verb(
        *("write", "wrote", "writing", "写"),
        ("letter", "story", "poem"),
        ("at home", "at school", "in the library", "in the garden"),
    ),
    Verb(
        *("draw", "drew", "drawing", "画"),
        ("horse", "cat", "bird", "flower", "tree", "house", "fish"),
        ("at home", "at school", "in the park", "in the garden", "by the river"),
    ),
    Verb(
        *("eat", "ate", "eating", "吃"),
        ("apple", "egg", "cake", "fish"),
        ("at home", "in the kitchen", "at school", "in the park", "at the station"),
    ),
    Verb(
        *("drink", "drank", "drinking", "喝"),
        DRINKS,
        ("at home", "in the kitchen", "at the station", "in the garden"),
    ),
    Verb(
        *("wash", "washed", "washing", "洗"),
        ("shirt", "hat", "car", "bicycle", "apple"),
        ("at home", "in the garden", "by the river"),
    ),
    Verb(
        *("repair", "repaired", "repairing", "修理"),
        ("bicycle", "car", "chair", "table", "umbrella"),
        ("at home", "at school", "in the garden", "by the river"),
    ),
    Verb(
        *("look for", "looked for", "looking for", "找"),
        ("key", "umbrella", "hat", "cat", "book", "letter"),
        ("at home", "at school", "in the park", "in the library", "at the station", "in the garden"),
    ),
)
PAST = {"yesterday": "昨天", "this morning": "今天早上", "last week": "上个星期", "last night": "昨天晚上"}
FUTURE = {"tomorrow": "明天", "tonight": "今天晚上", "next week": "下个星期"}
COUNTS = {"a": "一", "two": "两", "three": "三"}


def make() -> list[tuple[str, str]]:
    """(English, Chinese), each English sentence once."""
    short = (made for made in _sentences(Chance(SEED)) if len(made[0]) <= LONGEST)
    return distinct(short, COUNT, key=lambda made: made[0])


def _sentences(chance: Chance) -> Iterator[tuple[str, str]]:
    while True:
        verb = chance.of(VERBS)
        things, counted = _things(chance, NOUNS[chance.of(verb.things)])
        who = chance.of(tuple(PEOPLE))
        where = chance.of(verb.places) if chance.yes(0.6) else ""
        place = PLACES[where] if where else ""
        tense = chance.of(("past", "future", "now"))
        if tense == "now":  # 正在 holds the 在 of the place
            english = f"{who} is {verb.doing} {things} {where}"
            chinese = f"{PEOPLE[who]}正在{place.removeprefix('在')}{verb.chinese}{counted}"
        else:
            times = PAST if tense == "past" else FUTURE
            when = chance.of(tuple(times)) if chance.yes(0.6) else ""
            said, told = (verb.past, f"{verb.chinese}了") if tense == "past" else (f"will {verb.base}", verb.chinese)
            will = "会" if tense == "future" else ""
            english = f"{who} {said} {things} {where} {when}"
            chinese = f"{PEOPLE[who]}{times.get(when, '')}{will}{place}{told}{counted}"
        yield " ".join(english.split()), chinese


def _things(chance: Chance, noun: Noun) -> tuple[str, str]:
    """So many of them, in English and in Chinese."""
    count = chance.of(("a", "a", "two", "three"))
    described = chance.of(tuple(noun.described)) if chance.yes(0.6) else ""
    name = noun.one if count == "a" else noun.several
    chinese = f"{COUNTS[count]}{noun.measure}{noun.described[described] if described else noun.chinese}"
    words = f"{described} {name}".strip()
    article = "an" if count == "a" and words[0] in "aeiou" else count
    return f"{article} {words}", chinese
