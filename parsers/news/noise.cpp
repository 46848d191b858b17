#include "parsers/news/noise.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/news/key_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr auto kCommentWords = std::to_array<std::string_view>(
    {"cmt", "comment", "comments", "commentlist", "discuss", "disqus", "pinglun", "reply", "respond"});
constexpr auto kNoiseWords = std::to_array<std::string_view>(
    {"ad",           "ads",        "adv",           "advert",      "advertisement",  "adsense",
     "adbox",        "aside",      "attribution",   "author-box",  "banner",         "bdshare",
     "bshare",       "bread",      "breadcrumb",    "breadcrumbs", "byline",         "caption",
     "captions",     "cmt",        "comment",       "comments",    "commentlist",    "cookie",
     "cookies",      "copyright",  "correlation",   "credit",      "credits",        "crumb",
     "crumbs",       "dateline",   "disclaimer",    "discuss",     "disqus",         "erweima",
     "fb-comments",  "figcaption", "followus",      "foot",        "footer",         "footnav",
     "hidden",       "hotnews",    "infobox-share", "jiathis",     "legal",          "listfile",
     "login",        "masthead",   "menu",          "meta",        "modal",          "nav",
     "navbar",       "navi",       "navigation",    "newsletter",  "outbrain",       "overlay",
     "pager",        "pagination", "paging",        "pinglun",     "popular",        "popup",
     "position",     "postmeta",   "print",         "promo",       "promotion",      "qrcode",
     "rank",         "ranking",    "recommend",     "recommended", "recommendation", "recommendations",
     "relate",       "related",    "relevant",      "respond",     "reply",          "rss",
     "search",       "share",      "sharebar",      "sharing",     "sidebar",        "signup",
     "skip",         "social",     "socials",       "sponsor",     "sponsored",      "subscribe",
     "subscription", "taboola",    "tag",           "taglist",     "tags",           "teaser",
     "teasers",      "toolbar",    "tooltip",       "trending",    "tuijian",        "widget",
     "widgets",      "xiangguan",  "zeren"});
constexpr auto kNoiseParts = std::to_array<std::string_view>(
    {"breadcrumb", "comment-",     "comments",         "copyright", "-related",   "related-",
     "recommend",  "sharebar",     "share-",           "-share",    "sidebar",    "newsletter",
     "pagination", "-caption",     "caption-",         "img-desc",  "pic-desc",   "img_desc",
     "pic_desc",   "relatednews",  "article-meta",     "post-meta", "entry-meta", "article-info",
     "author-bio", "about-author", "about-the-author", "read-more", "readmore",   "see-also",
     "more-news",  "hot-news"});
constexpr auto kContentWords = std::to_array<std::string_view>(
    {"articlebody",    "article-body",      "article_body",    "article-content",    "article_content",
     "articlecontent", "article-text",      "article_text",    "articletext",        "entry-content",
     "post-content",   "post_content",      "postcontent",     "post-body",          "story-body",
     "storybody",      "story-content",     "news-content",    "news_content",       "newscontent",
     "news_txt",       "news-text",         "text-content",    "content-text",       "contenttext",
     "content_text",   "main-content-text", "trs_editor",      "vsb_content",        "ucap-content",
     "zoom",           "artibody",          "mp-editor",       "rich_media_content", "all-txt",
     "p-detail",       "detail-content",    "detailcontent",   "article-detail",     "content-article",
     "body-text",      "bodytext",          "td-post-content", "entrytext"});

constexpr auto kTailOpeners = std::to_array<std::u32string_view>({U"责任编辑",
                                                                  U"责编",
                                                                  U"编辑:",
                                                                  U"编辑 ",
                                                                  U"编辑|",
                                                                  U"编辑/",
                                                                  U"本文编辑",
                                                                  U"网络编辑",
                                                                  U"实习编辑",
                                                                  U"校对",
                                                                  U"审核",
                                                                  U"监制",
                                                                  U"值班",
                                                                  U"来源:",
                                                                  U"来源 ",
                                                                  U"来源|",
                                                                  U"稿源",
                                                                  U"本文来源",
                                                                  U"文章来源",
                                                                  U"信息来源",
                                                                  U"图片来源",
                                                                  U"资料来源:",
                                                                  U"视频来源",
                                                                  U"原标题",
                                                                  U"原题为",
                                                                  U"免责声明",
                                                                  U"特别声明",
                                                                  U"版权声明",
                                                                  U"声明:",
                                                                  U"本文为",
                                                                  U"本文系",
                                                                  U"本文由",
                                                                  U"本文转",
                                                                  U"本文仅代表",
                                                                  U"以上内容为",
                                                                  U"以上文章",
                                                                  U"以上内容",
                                                                  U"未经授权",
                                                                  U"转载请",
                                                                  U"如需转载",
                                                                  U"版权所有",
                                                                  U"标签:",
                                                                  U"标签 ",
                                                                  U"关键词:",
                                                                  U"关键字:",
                                                                  U"上一篇",
                                                                  U"下一篇",
                                                                  U"上一页",
                                                                  U"下一页",
                                                                  U"点击进入",
                                                                  U"点击查看",
                                                                  U"点击阅读",
                                                                  U"点击下载",
                                                                  U"点击上方",
                                                                  U"更多精彩",
                                                                  U"更多内容",
                                                                  U"更多资讯",
                                                                  U"相关资讯请关注",
                                                                  U"关注公众号",
                                                                  U"关注我们",
                                                                  U"扫码",
                                                                  U"扫一扫",
                                                                  U"扫描二维码",
                                                                  U"微信扫",
                                                                  U"长按",
                                                                  U"分享到",
                                                                  U"打印本页",
                                                                  U"关闭窗口",
                                                                  U"返回顶部",
                                                                  U"返回首页",
                                                                  U"end",
                                                                  U"the end",
                                                                  U"余下全文",
                                                                  U"本网站",
                                                                  U"欢迎关注",
                                                                  U"欢迎扫码",
                                                                  U"投稿",
                                                                  U"新闻热线",
                                                                  U"爆料",
                                                                  U"follow us",
                                                                  U"share this",
                                                                  U"tags:",
                                                                  U"filed under",
                                                                  U"copyright",
                                                                  U"©",
                                                                  U"all rights reserved",
                                                                  U"click here to",
                                                                  U"sign up for",
                                                                  U"subscribe to",
                                                                  U"read more:",
                                                                  U"related:",
                                                                  U"read also",
                                                                  U"also read",
                                                                  U"see also:",
                                                                  U"advertisement",
                                                                  U"photo:",
                                                                  U"image:",
                                                                  U"credit:",
                                                                  U"picture:",
                                                                  U"(photo",
                                                                  U"originally published",
                                                                  U"this article was originally",
                                                                  U"this story has been",
                                                                  U"share on"});
constexpr auto kRelatedHeadings = std::to_array<std::u32string_view>({U"相关阅读",
                                                                      U"相关新闻",
                                                                      U"相关报道",
                                                                      U"相关链接",
                                                                      U"相关文章",
                                                                      U"相关推荐",
                                                                      U"相关资讯",
                                                                      U"相关内容",
                                                                      U"延伸阅读",
                                                                      U"推荐阅读",
                                                                      U"热门推荐",
                                                                      U"热门文章",
                                                                      U"精彩推荐",
                                                                      U"为您推荐",
                                                                      U"猜你喜欢",
                                                                      U"更多新闻",
                                                                      U"更多阅读",
                                                                      U"此前报道",
                                                                      U"最新文章",
                                                                      U"网友评论",
                                                                      U"发表评论",
                                                                      U"最新评论",
                                                                      U"热门评论",
                                                                      U"全部评论",
                                                                      U"我来说两句",
                                                                      U"我要评论",
                                                                      U"往期回顾",
                                                                      U"往期推荐",
                                                                      U"近期文章",
                                                                      U"小编最近文章",
                                                                      U"相关专题",
                                                                      U"编辑推荐",
                                                                      U"related articles",
                                                                      U"related stories",
                                                                      U"related posts",
                                                                      U"related content",
                                                                      U"related news",
                                                                      U"more from",
                                                                      U"more stories",
                                                                      U"more on this",
                                                                      U"recommended for you",
                                                                      U"you may also like",
                                                                      U"you might also like",
                                                                      U"read next",
                                                                      U"auch interessant",
                                                                      U"das könnte ihnen auch",
                                                                      U"über den autor",
                                                                      U"most popular",
                                                                      U"most read",
                                                                      U"trending",
                                                                      U"leave a reply",
                                                                      U"leave a comment",
                                                                      U"comments",
                                                                      U"about the author",
                                                                      U"mehr zum thema",
                                                                      U"mehr aus",
                                                                      U"das könnte sie auch",
                                                                      U"lesen sie auch",
                                                                      U"weitere artikel",
                                                                      U"kommentare",
                                                                      U"ähnliche artikel",
                                                                      U"ähnliche beiträge",
                                                                      U"à lire aussi",
                                                                      U"lire aussi",
                                                                      U"articles similaires",
                                                                      U"commentaires",
                                                                      U"te puede interesar",
                                                                      U"artículos relacionados",
                                                                      U"comentarios",
                                                                      U"noticias relacionadas",
                                                                      U"leggi anche",
                                                                      U"commenti",
                                                                      U"schreibe einen kommentar"});
constexpr auto kCaptionOpeners = std::to_array<std::u32string_view>(
    {U"图为", U"图:", U"图片来源", U"图片说明", U"资料图", U"图/", U"上图", U"下图", U"图1", U"图2", U"图3",
     U"视频截图", U"photo", U"image", U"foto"});
constexpr auto kCaptionEndings = std::to_array<std::u32string_view>(
    {U"摄", U"供图", U"资料图", U"截图", U"图/视觉中国", U"视觉中国", U"图片来源网络", U"资料图片", U"摄影",
     U"(资料图)", U"摄)", U"供图)", U"截图)"});

// The words of class and id: split at spaces, then also at '-', '_' and between lower and upper case.
template <typename Function>
bool any_word(std::string_view names, const Function& matches) {
  std::string word;
  char before = ' ';
  for (std::size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool splits = c == ' ' || c == '-' || c == '_' || c == '\n' || c == '\t' ||
                        (upper && before >= 'a' && before <= 'z');
    if (splits && !word.empty()) {
      if (matches(word)) return true;
      word.clear();
    }
    if (!splits || upper) word += upper ? static_cast<char>(c + 32) : c;
    before = c;
  }
  return false;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_noise_name(std::string_view names) {
  if (names.empty()) return false;
  if (any_word(names, [](std::string_view word) { return is_one_of(kNoiseWords, word); })) return true;
  const std::string lower = lower_case(names);
  return std::any_of(kNoiseParts.begin(), kNoiseParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

bool names_content(std::string_view names) {
  const std::string lower = lower_case(names);
  std::size_t begin = 0;
  while (begin < lower.size()) {
    const std::size_t end = std::min(lower.find_first_of(" \t\r\n", begin), lower.size());
    if (is_one_of(kContentWords, std::string_view(lower).substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

template <std::size_t N>
bool begins_with_one_of(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::u32string_view word) { return text.starts_with(word); });
}

// What opens a line that may be decorated: `【`, `(`, `▲`, spaces.
std::u32string_view undecorated(std::u32string_view text) {
  constexpr std::u32string_view kDecoration = U" ([{<【《「『▲△●■◆★*·-—>|#";
  const std::size_t first = text.find_first_not_of(kDecoration);
  return first == std::u32string_view::npos ? std::u32string_view() : text.substr(first);
}

}  // namespace

Noise noise_of(dom::Node block) {
  const std::string_view name = block.name();
  for (const char* element : {"nav", "footer", "aside", "figcaption", "dialog", "menu"})
    if (name == element) return Noise::kSurely;
  if (name == "html" || name == "body" || name == "main" || name == "article" ||
      (name.size() == 2 && name[0] == 'h'))
    return Noise::kNone;
  const std::string_view role = block.attr_or("role");
  for (const char* noisy :
       {"navigation", "banner", "contentinfo", "complementary", "dialog", "search", "menu"})
    if (role == noisy) return Noise::kSurely;
  if (is_named_content(block)) return Noise::kNone;
  for (const std::string_view names : {block.attr_or("class"), block.id()}) {
    if (names.empty()) continue;
    if (any_word(names, [](std::string_view word) { return is_one_of(kCommentWords, word); }))
      return Noise::kComments;
    if (has_noise_name(names)) return Noise::kNamed;
  }
  return Noise::kNone;
}

bool is_named_content(dom::Node block) {
  return block.attr_or("itemprop").find("articleBody") != std::string_view::npos ||
         names_content(block.attr_or("class")) || names_content(block.id());
}

bool is_tail_line(std::string_view line) {
  constexpr std::size_t kLongest = 120;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  const std::u32string_view text = undecorated(key.view());
  if (text.empty()) return true;
  return text.size() <= kLongest && begins_with_one_of(text, kTailOpeners);
}

bool is_related_heading(std::string_view line) {
  constexpr std::size_t kLongest = 40;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  const std::u32string_view text = undecorated(key.view());
  return text.size() <= kLongest && begins_with_one_of(text, kRelatedHeadings);
}

bool is_caption_text(std::string_view line) {
  constexpr std::size_t kLongest = 110;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  std::u32string_view text = key.view();
  if (text.size() > kLongest) return false;
  const bool marked = text.starts_with(U"▲") || text.starts_with(U"△");
  if (marked || begins_with_one_of(undecorated(text), kCaptionOpeners)) return true;
  while (!text.empty() && (text.back() == U' ' || text.back() == U'.' || text.back() == U'。'))
    text.remove_suffix(1);
  return std::any_of(kCaptionEndings.begin(), kCaptionEndings.end(),
                     [text](std::u32string_view word) { return text.ends_with(word); });
}

}  // namespace boardwalk::parsers::news
