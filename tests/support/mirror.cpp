#include "tests/support/mirror.hpp"

#include <array>
#include <unordered_map>

namespace boardwalk::sample {
namespace {

struct Change {
  std::string_view from;
  std::string_view to;
  std::string_view reading;
};

// Each `to` is turned back into `from`, and nothing else, by OpenCC's table of single characters.
constexpr std::array<Change, 115> kChanges = {{
    {"来", "來", "lái"},   {"发", "發", "fā"},    {"时", "時", "shí"},   {"间", "間", "jiān"},
    {"责", "責", "zé"},    {"编", "編", "biān"},  {"辑", "輯", "jí"},    {"记", "記", "jì"},
    {"从", "從", "cóng"},  {"处", "處", "chù"},   {"开", "開", "kāi"},   {"经", "經", "jīng"},
    {"预", "預", "yù"},    {"计", "計", "jì"},    {"对", "對", "duì"},   {"诉", "訴", "sù"},
    {"过", "過", "guò"},   {"里", "裏", "lǐ"},    {"数", "數", "shù"},   {"设", "設", "shè"},
    {"显", "顯", "xiǎn"},  {"够", "夠", "gòu"},   {"据", "據", "jù"},    {"绍", "紹", "shào"},
    {"这", "這", "zhè"},   {"当", "當", "dāng"},  {"艺", "藝", "yì"},    {"检", "檢", "jiǎn"},
    {"验", "驗", "yàn"},   {"动", "動", "dòng"},  {"场", "場", "chǎng"}, {"气", "氣", "qì"},
    {"热", "熱", "rè"},    {"关", "關", "guān"},  {"负", "負", "fù"},    {"将", "將", "jiāng"},
    {"听", "聽", "tīng"},  {"见", "見", "jiàn"},  {"让", "讓", "ràng"},  {"环", "環", "huán"},
    {"为", "爲", "wéi"},   {"响", "響", "xiǎng"}, {"规", "規", "guī"},   {"围", "圍", "wéi"},
    {"内", "內", "nèi"},   {"约", "約", "yuē"},   {"钟", "鐘", "zhōng"}, {"满", "滿", "mǎn"},
    {"专", "專", "zhuān"}, {"应", "應", "yīng"},  {"干", "乾", "gān"},   {"风", "風", "fēng"},
    {"连", "連", "lián"},  {"续", "續", "xù"},    {"统", "統", "tǒng"},  {"参", "參", "cān"},
    {"观", "觀", "guān"},  {"万", "萬", "wàn"},   {"长", "長", "zhǎng"}, {"说", "說", "shuō"},
    {"与", "與", "yǔ"},    {"条", "條", "tiáo"},  {"线", "線", "xiàn"},  {"变", "變", "biàn"},
    {"还", "還", "hái"},   {"组", "組", "zǔ"},    {"织", "織", "zhī"},   {"讲", "講", "jiǎng"},
    {"费", "費", "fèi"},   {"户", "戶", "hù"},    {"担", "擔", "dān"},   {"涨", "漲", "zhǎng"},
    {"几", "幾", "jǐ"},    {"问", "問", "wèn"},   {"题", "題", "tí"},    {"带", "帶", "dài"},
    {"车", "車", "chē"},   {"优", "優", "yōu"},   {"顾", "顧", "gù"},    {"儿", "兒", "ér"},
    {"图", "圖", "tú"},    {"书", "書", "shū"},   {"轮", "輪", "lún"},   {"许", "許", "xǔ"},
    {"业", "業", "yè"},    {"现", "現", "xiàn"},  {"种", "種", "zhǒng"}, {"众", "衆", "zhòng"},
    {"东", "東", "dōng"},  {"桥", "橋", "qiáo"},  {"龙", "龍", "lóng"},  {"马", "馬", "mǎ"},
    {"鱼", "魚", "yú"},    {"湾", "灣", "wān"},   {"纺", "紡", "fǎng"},  {"厂", "廠", "chǎng"},
    {"云", "雲", "yún"},   {"园", "園", "yuán"},  {"铺", "鋪", "pù"},    {"芦", "蘆", "lú"},
    {"铁", "鐵", "tiě"},   {"头", "頭", "tóu"},   {"灯", "燈", "dēng"},  {"笔", "筆", "bǐ"},
    {"简", "簡", "jiǎn"},  {"鲁", "魯", "lǔ"},    {"贺", "賀", "hè"},    {"护", "護", "hù"},
    {"队", "隊", "duì"},   {"码", "碼", "mǎ"},    {"镇", "鎮", "zhèn"},  {"乡", "鄉", "xiāng"},
    {"会", "會", "huì"},   {"总", "總", "zǒng"},  {"实", "實", "shí"},
}};

const std::unordered_map<std::string_view, const Change*>& by_character() {
  static const std::unordered_map<std::string_view, const Change*> table = [] {
    std::unordered_map<std::string_view, const Change*> made;
    for (const Change& change : kChanges) made[change.from] = &change;
    return made;
  }();
  return table;
}

}  // namespace

std::string mirrored(std::string_view simplified) {
  std::string out;
  for (std::size_t at = 0; at < simplified.size();) {
    std::size_t length = 1;
    while (at + length < simplified.size() &&
           (static_cast<unsigned char>(simplified[at + length]) & 0xC0) == 0x80)
      ++length;
    const std::string_view character = simplified.substr(at, length);
    const auto found = by_character().find(character);
    if (found == by_character().end()) {
      out += character;
    } else {
      out += found->second->to;
      out += '(';
      out += found->second->reading;
      out += ')';
    }
    at += length;
  }
  return out;
}

}  // namespace boardwalk::sample
