"""What the benchmark's forum says: sentences of made-up words whose frequencies fall as Zipf's law has it, so that
they compress and fold about as real ones do. Equal seeds give equal words, whatever the machine."""
import itertools
import random

CHARACTERS = (
    '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多'
    '定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因'
    '由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解'
    '问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少'
    '图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七'
    '海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目'
    '茶船桥街灯雨雪夜书信琴棋画诗酒米鱼菜饭锅碗筷猫狗鸟树叶竹石沙河湖岸港湾岛塔钟楼窗门巷井田园村镇城')
LATIN = ('wifi', 'GPS', 'R&D', 'mini', 'A4', 'ok', 'USB', '3G', 'diy', 'PS', 'x<y', 'app')
SHORT_REPLIES = ('顶一个', '谢谢楼主', '学习了', '收藏慢慢看', '路过帮顶', '说得在理', '同问')
STOPS = ('。', '。', '。', '！', '？', '……')
VOCABULARY = 9000


class Words:
    """Sentences out of one vocabulary; which ones, the dice decide."""

    def __init__(self, seed):
        dice = random.Random(f'{seed} vocabulary')
        characters = sorted(set(CHARACTERS))
        self._words = [''.join(dice.choices(characters, k=dice.choice((1, 2, 2, 2, 3)))) for _ in range(VOCABULARY)]
        for rank, word in enumerate(LATIN):
            self._words[120 + 70 * rank] = word
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def run(self, dice, count):
        return ''.join(dice.choices(self._words, cum_weights=self._weights, k=count))

    def sentence(self, dice):
        clauses = [self.run(dice, dice.randint(3, 9)) for _ in range(dice.randint(1, 4))]
        return '，'.join(clauses) + dice.choice(STOPS)

    def paragraph(self, dice):
        return ''.join(self.sentence(dice) for _ in range(dice.randint(1, 6)))

    def title(self, dice):
        return self.run(dice, dice.randint(4, 11))

    def name(self, dice):
        return self.run(dice, 2).replace('<', '')
