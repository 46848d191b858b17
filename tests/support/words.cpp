#include "tests/support/words.hpp"

#include <array>
#include <string_view>

namespace boardwalk::sample {
namespace {

constexpr std::array<std::string_view, 24> kPlaces = {
    "青槐路", "三眼桥",   "白塔坡", "柳溪码头", "南仓巷",   "云岭水库", "北塘公园", "石磨村",
    "鹿角湾", "旧纺织厂", "望江亭", "桂花弄",   "东篱小区", "长坪镇",   "双桅渡",   "瓦窑街",
    "七里铺", "杏林书屋", "梧桐里", "鱼鳞坝",   "半边街",   "芦花洲",   "打铁巷",   "星火桥头"};
constexpr std::array<std::string_view, 28> kThings = {
    "折叠自行车", "竹编簸箕", "旧投影仪", "老座钟",   "搪瓷杯", "胶片相机", "石榴树苗",
    "桂花糕",     "荞麦面",   "酸汤鱼",   "柚子茶",   "手工皂", "吉他弦",   "围棋盘",
    "露营灯",     "腌萝卜",   "毛线围巾", "陶土花盆", "望远镜", "收音机",   "豆腐乳",
    "黄桃罐头",   "长筒雨靴", "电饭煲",   "风筝线轴", "缝纫机", "铜火锅",   "木工刨子"};
constexpr std::array<std::string_view, 16> kPeople = {
    "卖豆腐的陈婶", "修表的老魏",   "邻居小简",         "管仓库的老葛",   "图书室的阮老师", "骑三轮的鲁叔",
    "楼下的孟奶奶", "同事阿棠",     "开早餐铺的两口子", "教书法的贺先生", "快递站的小尤",   "摆渡的老船工",
    "值夜班的护士", "种草莓的表哥", "合唱队的队长",     "退休的水文员"};
constexpr std::array<std::string_view, 18> kQualities = {"结实", "清淡", "划算", "冷清", "热闹", "讲究",
                                                         "将就", "敞亮", "偏僻", "实在", "细致", "吵闹",
                                                         "松软", "透亮", "顺手", "朴素", "费劲", "稳当"};
constexpr std::array<std::string_view, 20> kPursuits = {
    "整理旧书", "夜跑",     "观鸟",   "包粽子", "学木工", "清理河道", "修补篱笆",
    "拍星空",   "排练合唱", "爬山",   "钓鱼",   "种薄荷", "修雨伞",   "练毛笔字",
    "晒陈皮",   "做风筝",   "补渔网", "下围棋", "烤红薯", "记水位"};
constexpr std::array<std::string_view, 16> kTimes = {
    "上个月",       "前天傍晚",     "立夏那天",   "周末一早", "昨晚雨停之后", "去年冬天",
    "刚搬来的时候", "放学以后",     "赶集的日子", "停电那晚", "清明前后",     "入伏以来",
    "今天中午",     "天没亮的时候", "涨水那阵子", "收工路上"};
constexpr std::array<std::string_view, 12> kBylines = {"阮知秋", "魏长亭", "简小满", "葛望山",
                                                       "鲁一苇", "孟听泉", "贺云舒", "尤半夏",
                                                       "陈砚青", "苏临川", "祝南枝", "岑柏舟"};

constexpr std::array<std::string_view, 34> kSentences = {
    "{D}在{P}{V}，碰到{W}，聊了{N}分钟才散。",
    "{P}那边的{T}卖{N}块，比我想的{A}。",
    "我用了{N}天{T}，总体还算{A}，就是清洗起来{A}。",
    "{W}说{P}要修路，大概得{N}天，绕行的话走{P}。",
    "想问问有没有人{D}去{P}{V}，可以搭个伴。",
    "从{P}走到{P}要{N}分钟，路上有一段很{A}。",
    "{T}和{T}放在一起用，效果出乎意料地{A}。",
    "{D}丢了一把{T}，有捡到的请送到{P}门卫室，{N}元酬谢。",
    "听{W}讲，{P}从前是一片{N}亩的藕塘，后来才盖了房子。",
    "第{N}次{V}了，还是觉得{P}最{A}。",
    "要是不赶时间，建议先去{P}看看{T}，再去{P}吃饭。",
    "{W}做的{T}很{A}，一个上午能卖出{N}份。",
    "{P}的路灯坏了{N}盏，晚上走路要带手电。",
    "家里的{T}放了{N}年，拿出来擦一擦还能用。",
    "有人在{P}免费教{V}，每次来{N}个人左右。",
    "{D}水位涨了{N}厘米，{P}的台阶都淹了。",
    "说句公道话，{T}贵是贵了点，但做工{A}。",
    "{W}答应{D}带我去{V}，我连{T}都准备好了。",
    "别信网上的说法，{P}根本没有{N}路车。",
    "按{W}教的方法{V}，{N}遍之后手就熟了。",
    "{P}门口新开的店把{T}摆在最外面，看着挺{A}。",
    "我数了数，这条街上卖{T}的一共{N}家。",
    "{D}的集市上，{T}从{N}块讲到了一半。",
    "如果{P}能装几把椅子，来{V}的人会更多。",
    "照片是{D}在{P}拍的，光线比较{A}。",
    "{W}家的猫跑到{P}去了，过了{N}天自己回来。",
    "这次{V}花了{N}块，其中一半是{T}的钱。",
    "我对{T}要求不高，{A}就行，{N}块以内都能接受。",
    "{P}的管理员换成了{W}，办事{A}多了。",
    "不下雨的话，{N}号下午在{P}集合，一起{V}。",
    "把{T}放在{P}晾了{N}个小时，颜色正好。",
    "{D}听见{P}那边有人唱歌，原来是{W}在{V}。",
    "同样是{T}，{P}的就比{P}的{A}。",
    "路过{P}的时候顺手记了一下，{N}分钟过了三班船。"};
constexpr std::array<std::string_view, 14> kShort = {
    "顶",   "谢谢分享", "路过看看", "沙发没抢到", "同问",     "支持楼主", "学习了",
    "收藏", "已阅",     "不错不错", "哈哈哈",     "帮顶一下", "说得在理", "等后续"};
constexpr std::array<std::string_view, 18> kTitles = {"{P}的{T}还值得买吗",
                                                      "记{D}在{P}{V}",
                                                      "求问：{P}附近哪里能修{T}",
                                                      "{W}教我的{V}心得",
                                                      "{N}块钱收一件{T}，{P}可取",
                                                      "有没有一起去{P}{V}的",
                                                      "{P}和{P}，哪边更{A}",
                                                      "晒一晒我的{T}",
                                                      "{D}的{P}，比想象中{A}",
                                                      "出{T}一件，用了{N}个月",
                                                      "关于{P}路灯的{N}点建议",
                                                      "{V}第{N}天",
                                                      "寻人：{D}在{P}帮我推车的朋友",
                                                      "{T}怎么保养才{A}",
                                                      "从{P}到{P}的近路",
                                                      "{P}的老故事（{N}）",
                                                      "{W}今天又出新花样了",
                                                      "聊聊{T}和{T}的区别"};
constexpr std::array<std::string_view, 12> kHeadlines = {
    "{P}整修工程进入收尾阶段", "{P}举办{V}体验活动",     "本地{T}登上外省货架",    "{P}新增{N}处便民座椅",
    "{N}名志愿者在{P}{V}",     "{P}渡口恢复通航",        "老手艺进课堂：{W}讲{T}", "{P}夜市试运行{N}天",
    "雨季将至，{P}加固堤岸",   "{P}图书角添了{N}册新书", "{T}市集周末开张",        "{P}公交线路调整说明"};
constexpr std::array<std::string_view, 16> kNews = {
    "记者从{P}管理处了解到，{D}开始的整修已经完成{N}米，余下部分预计月底对外开放。",
    "{W}告诉记者，过去{N}年里，来{P}{V}的人数逐年增加，原有的设施显得不够用了。",
    "据介绍，这批{T}由当地手艺人制作，经过{N}道工序，检验合格后才发往外地。",
    "活动当天，{N}位居民来到{P}，在老师的带领下{V}，现场气氛热烈。",
    "有关负责人表示，下一步将听取大家的意见，让{P}的环境更加{A}。",
    "为了不影响行人，施工时间安排在夜里，噪声控制在规定的范围之内。",
    "{D}，第一班船从{P}出发，{N}分钟后抵达对岸，船上坐满了去{V}的游客。",
    "专家提醒，{T}应当放在干燥通风的地方，连续使用不要超过{N}小时。",
    "统计显示，今年以来{P}接待参观者{N}万人次，同比有所增长。",
    "“这里比从前{A}多了。”{W}笑着说，自己每天都要从{P}经过{N}次。",
    "按照计划，{P}与{P}之间将开通一条新线路，全程约{N}分钟，票价不变。",
    "当地还组织了{N}场讲座，内容涉及{V}、{V}等，参加者不收费用。",
    "堤岸加固之后，可以抵御多年一遇的洪水，沿线{N}户居民不再担心涨水。",
    "市集上除了{T}，还能见到{T}和{T}，价格从几元到{N}元不等。",
    "对于居民反映的停车问题，{P}一带将增设{N}个车位，优先照顾老人与儿童。",
    "图书角每天开放{N}小时，由{W}等人轮流值守，借书不用押金。"};

constexpr std::array<std::string_view, 44> kMembers = {
    "admin",        "半亩荷塘",    "river_stone",   "打更人",         "南窗听雨",   "koala88",
    "卖炭小翁",     "阿棠同学",    "石磨豆花",      "月下推门",       "teapot_lid", "云岭护林员",
    "三号渡口",     "小满未满",    "OldClockFixer", "桂花酒酿",       "一苇渡江去", "白塔守夜",
    "keepwalking",  "芦苇丛里",    "铁匠铺的猫",    "不吃香菜梗",     "鱼鳞坝站长", "Paper.Kite",
    "慢车乘客",     "立夏前后",    "打水漂冠军",    "east_fence",     "木工学徒",   "借过借过",
    "竹影横斜",     "pumpkin2009", "望江亭长",      "雨天修伞",       "陈皮与茶",   "narrow-gauge",
    "七里铺老张头", "围炉夜话人",  "补网的手",      "冬天的第一碗面", "q_blue",     "梧桐里十七号",
    "搬运石头",     "星火桥边"};
constexpr std::array<std::string_view, 10> kBoardNames = {"茶馆闲谈", "旧物交换", "摄影与远足", "厨房与田园",
                                                          "手艺作坊", "问路问事", "读书角",     "河道与天气",
                                                          "邻里互助", "老照片"};
constexpr std::array<std::string_view, 10> kBoardWords = {
    "天南地北，进来坐坐", "只换不骗，先看货", "走到哪里拍到哪里", "灶台边的学问", "锯子、针线与刨花",
    "不认识路就问一声",   "读过的、想读的",   "水位、风向和雨",   "搭把手的事",   "翻箱底的记忆"};

void append(std::string& out, char slot, Dice& dice) {
  switch (slot) {
    case 'P':
      out += dice.pick(kPlaces);
      break;
    case 'T':
      out += dice.pick(kThings);
      break;
    case 'W':
      out += dice.pick(kPeople);
      break;
    case 'A':
      out += dice.pick(kQualities);
      break;
    case 'V':
      out += dice.pick(kPursuits);
      break;
    case 'D':
      out += dice.pick(kTimes);
      break;
    default:
      out += std::to_string(dice.between(2, 98));
      break;  // {N}
  }
}

std::string filled(std::string_view pattern, Dice& dice) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{') {
      append(out, pattern[i + 1], dice);
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

template <typename List>
std::string numbered(const List& list, std::size_t index) {
  std::string name(list[index % list.size()]);
  if (index >= list.size()) name += std::to_string(index / list.size() + 1);
  return name;
}

}  // namespace

std::string sentence(Dice& dice) { return filled(dice.pick(kSentences), dice); }

std::string sentences(Dice& dice, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += sentence(dice);
  return out;
}

std::string short_reply(Dice& dice) { return std::string(dice.pick(kShort)); }
std::string thread_title(Dice& dice) { return filled(dice.pick(kTitles), dice); }
std::string headline(Dice& dice) { return filled(dice.pick(kHeadlines), dice); }
std::string news_paragraph(Dice& dice) {
  return filled(dice.pick(kNews), dice) + filled(dice.pick(kNews), dice);
}
std::string byline(Dice& dice) { return std::string(dice.pick(kBylines)); }
std::string thing(Dice& dice) { return std::string(dice.pick(kThings)); }
std::string place(Dice& dice) { return std::string(dice.pick(kPlaces)); }
std::string pursuit(Dice& dice) { return std::string(dice.pick(kPursuits)); }

std::string member_name(std::size_t index) { return numbered(kMembers, index); }
std::string board_name(std::size_t index) { return numbered(kBoardNames, index); }
std::string board_description(std::size_t index) {
  return std::string(kBoardWords[index % kBoardWords.size()]);
}

std::string jammer_noise(Dice& dice) {
  constexpr std::string_view kSigns =
      "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789!#$%()*+,-./:;=?@[]^_`{|}~";
  std::string out;
  const int length = dice.between(8, 20);
  for (int i = 0; i < length; ++i) {
    out += kSigns[dice.below(kSigns.size())];
    if (dice.chance(35)) out += ' ';
  }
  return out;
}

}  // namespace boardwalk::sample
