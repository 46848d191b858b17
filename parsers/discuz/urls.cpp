#include "parsers/discuz/urls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/discuz/request.hpp"

namespace boardwalk::parsers::discuz {
namespace {

// How much of a key: its role and `follow` alone, all but its text, or everything.
enum class Asked { kRole, kTarget, kKey };

// Makes the key of a Request. `site` is for its text alone.
class Table {
 public:
  Table(std::string_view site, const Request& request, Asked asked)
      : site_(site), request_(request), asked_(asked) {
    const std::string_view mobile = request.value("mobile");
    twin_ = !mobile.empty() && mobile != "no" && mobile != "0";
  }

  [[nodiscard]] PageKey forum() const {
    const std::string_view mod = request_.value("mod");
    if (mod.empty()) return index();
    if (mod == "forumdisplay" || mod == "group") return board(mod == "group" ? "group" : "board");
    if (mod == "viewthread") return thread();
    if (mod == "redirect") return redirect();
    if (mod == "rss") return closed(LinkRole::kOther, text("feed ", number("fid", "all")));
    if (mod == "attachment") return attachment();
    return script(LinkRole::kOther);
  }

  [[nodiscard]] PageKey front() const {
    if (request_.has("gid") || twin_) return index();
    PageKey key = open(LinkRole::kIndex, "");
    key.key = text(site_, " ", request_.directory, "/");
    return key;
  }

  [[nodiscard]] PageKey portal() const {
    const std::string_view mod = request_.value("mod");
    if (mod == "view" && !number("aid").empty())
      return open_or_twin(LinkRole::kArticle, text("article ", number("aid"), " ", page_text()));
    if (mod == "list" && !number("catid").empty())
      return open_or_twin(LinkRole::kListing, text("portal-list ", number("catid"), " ", page_text()));
    if (mod == "topic") {
      const std::string_view name = request_.value(request_.has("topic") ? "topic" : "topicid");
      return open_or_twin(LinkRole::kListing, text("topic ", name));
    }
    if (mod.empty() || mod == "index") return open_or_twin(LinkRole::kListing, "portal");
    return script(LinkRole::kOther);
  }

  [[nodiscard]] PageKey groups() const {
    return open_or_twin(LinkRole::kListing,
                        text("groups ", number("gid", "0"), " ", number("sgid", "0"), " ", page_text()));
  }

  [[nodiscard]] PageKey profile() const {
    const bool plain = !request_.has("do") || request_.value("do") == "profile";
    const std::string uid = number("uid");
    if (!plain || (uid.empty() && !request_.has("username"))) return script(LinkRole::kProfile);
    const std::string name = uid.empty() ? text("name ", request_.value("username")) : uid;
    return closed(LinkRole::kProfile, text("profile ", name));
  }

  [[nodiscard]] PageKey attachment() const {
    const std::string number = attachment_number(request_.value("aid"));
    if (number.empty()) return script(LinkRole::kAttachment);
    return closed(LinkRole::kAttachment, text("attachment ", number));
  }

  // A page that holds nothing that is read: known by its script and the parameters as they stand.
  [[nodiscard]] PageKey script(LinkRole role) const {
    if (asked_ != Asked::kKey) return closed(role, {});
    std::string name = text("script ", request_.script);
    char separator = '?';
    for (const auto& [parameter, value] : request_.parameters) {
      if (is_noise(parameter)) continue;
      name.append(1, separator).append(parameter).append("=").append(value);
      separator = '&';
    }
    return closed(role, name);
  }

  // `kind` is tid or fid, or empty for the archiver's front page.
  [[nodiscard]] PageKey archiver(std::string_view kind, std::string_view id, std::string_view page) const {
    PageKey key = closed(LinkRole::kIndex, "archiver-index");
    if (kind == "tid") {
      key = closed(LinkRole::kThread, text("archiver-thread ", id, " ", page_digits(page)));
      key.thread_id = id;
    } else if (kind == "fid") {
      key = closed(LinkRole::kBoard, text("archiver-board ", id, " ", page_digits(page)));
      key.board_id = id;
    }
    key.page = page_number(page);
    return key;
  }

 private:
  static bool is_noise(std::string_view name) {
    static constexpr std::array<std::string_view, 16> kNoise{
        "sid",        "formhash",  "extra",   "highlight", "_dsign", "fromuid", "fromuser",   "inajax",
        "ajaxtarget", "handlekey", "infloat", "referer",   "random", "t",       "simpletype", "mobile"};
    return std::find(kNoise.begin(), kNoise.end(), name) != kNoise.end();
  }

  [[nodiscard]] std::string number(std::string_view name, std::string_view otherwise = {}) const {
    std::string digits = leading_number(request_.value(name));
    return digits.empty() ? std::string(otherwise) : digits;
  }
  [[nodiscard]] int page() const { return page_number(request_.value("page")); }
  [[nodiscard]] std::string_view page_text() const {
    return asked_ == Asked::kKey ? page_digits(request_.value("page")) : std::string_view();
  }

  // The parts put together, or nothing where the text is left out.
  [[nodiscard]] std::string text(const auto&... parts) const {
    std::string whole;
    if (asked_ == Asked::kKey) (whole.append(parts), ...);
    return whole;
  }

  [[nodiscard]] PageKey open(LinkRole role, std::string_view name) const {
    PageKey key;
    key.role = role;
    if (asked_ != Asked::kKey) return key;
    const std::string_view directory = request_.directory;
    key.key.reserve(site_.size() + directory.size() + name.size() + 2);
    key.key.append(site_).append(" ").append(directory).append(directory.empty() ? "" : " ").append(name);
    return key;
  }
  [[nodiscard]] PageKey closed(LinkRole role, std::string_view name) const {
    PageKey key = open(role, name);
    key.follow = false;
    if (asked_ == Asked::kRole) return key;
    if (const std::string fid = number("fid"); !fid.empty()) key.board_id = fid;
    if (const std::string tid = number(request_.has("tid") ? "tid" : "ptid"); !tid.empty())
      key.thread_id = tid;
    return key;
  }

  [[nodiscard]] PageKey open_or_twin(LinkRole role, const std::string& name) const {
    PageKey key = twin_ ? closed(role, text("mobile-", name)) : open(role, name);
    key.page = page();
    return key;
  }

  // The parameters that make a view of its own of a board or thread, in the order of `names`.
  template <std::size_t N>
  [[nodiscard]] std::string view_of(const std::array<std::string_view, N>& names) const {
    std::string view;
    for (const std::string_view name : names) {
      const std::string_view value = request_.value(name);
      if (value.empty() || value == "0") continue;
      view.append(view.empty() ? " " : "&").append(name).append("=").append(value);
    }
    return view;
  }

  [[nodiscard]] PageKey named(LinkRole role, std::string_view kind, std::string_view id,
                              const std::string& view) const {
    const std::string name =
        text(twin_ ? "mobile-" : "", kind, view.empty() ? " " : "-view ", id, " ", page_text(), view);
    PageKey key = twin_ || !view.empty() ? closed(role, name) : open(role, name);
    key.page = page();
    return key;
  }

  [[nodiscard]] PageKey index() const {
    if (request_.has("gid")) return closed(LinkRole::kIndex, text("index-part ", number("gid")));
    return open_or_twin(LinkRole::kIndex, "index");
  }

  [[nodiscard]] PageKey board(std::string_view kind) const {
    static constexpr std::array<std::string_view, 9> kViews{"filter",      "orderby",    "ascdesc",
                                                            "typeid",      "sortid",     "digest",
                                                            "specialtype", "rewardtype", "dateline"};
    const std::string fid = number("fid");
    const std::string_view word = request_.value("fid");
    if (word.empty()) return script(LinkRole::kOther);
    // An archived table holds threads that the board's own pages do not list.
    const std::string archive = number("archiveid");
    const std::string name = archive.empty() ? text(kind) : text(kind, "-archive-", archive);
    PageKey key = named(LinkRole::kBoard, name, fid.empty() ? word : fid, view_of(kViews));
    if (request_.has("action") && request_.value("action") != "list") key = script(LinkRole::kOther);
    if (!fid.empty()) key.board_id = fid;
    return key;
  }

  [[nodiscard]] PageKey thread() const {
    static constexpr std::array<std::string_view, 9> kViews{
        "authorid", "ordertype", "viewpid", "action", "do", "stand", "checkrush", "cp", "goto"};
    const std::string tid = number("tid");
    if (tid.empty()) return script(LinkRole::kOther);
    PageKey key = named(LinkRole::kThread, "thread", tid, view_of(kViews));
    key.thread_id = tid;
    return key;
  }

  [[nodiscard]] PageKey redirect() const {
    const std::string tid = number(request_.has("tid") ? "tid" : "ptid", "0");
    const bool nowhere = tid == "0" && !request_.has("pid");
    return closed(nowhere ? LinkRole::kOther : LinkRole::kThread,
                  text("redirect ", request_.value("goto"), " ", tid, " ", number("pid", "0")));
  }

  const std::string_view site_;
  const Request& request_;
  const Asked asked_;
  bool twin_ = false;
};

// `archiver/tid-1.html?page=2`, `archiver/?tid-1.html&page=2`, `archiver/tid-1-page-2.html`.
std::optional<PageKey> archiver_key(std::string_view site, Request request, Asked asked) {
  constexpr std::string_view kArchiver = "/archiver";
  request.directory.remove_suffix(kArchiver.size());
  std::string_view name = request.script;
  if (name == "index.php") name = {};
  if (name.empty() && !request.parameters.empty()) name = request.parameters.front().first;
  const Table table(site, request, asked);
  const auto parts = split(without_suffix(name), '-');
  if (name.empty()) return table.archiver({}, {}, {});
  if (parts.size() < 2 || (parts[0] != "tid" && parts[0] != "fid") || !is_number(parts[1]))
    return std::nullopt;
  const bool paged = parts.size() == 4 && parts[2] == "page";
  return table.archiver(parts[0], leading_number(parts[1]), paged ? parts[3] : request.value("page"));
}

// `wap/index.php?action=thread&tid=7`: the pages of 6.x and 7.x for telephones, which show what the others
// do.
bool is_telephone_twin(const Request& request) {
  const bool script = request.script.empty() || request.script == "index.php";
  return request.directory.ends_with("/wap") && script && request.has("action");
}

// Scripts that hold nothing that is read. `needs`: a parameter without which the name may be any software's.
struct ClosedScript {
  std::string_view script, needs;
  LinkRole role;
};
constexpr std::array<ClosedScript, 29> kClosedScripts{{
    {"member.php", "", LinkRole::kOther},
    {"misc.php", "mod", LinkRole::kOther},
    {"misc.php", "action", LinkRole::kOther},
    {"search.php", "", LinkRole::kOther},
    {"plugin.php", "id", LinkRole::kOther},
    {"plugin.php", "identifier", LinkRole::kOther},
    {"userapp.php", "", LinkRole::kOther},
    {"connect.php", "", LinkRole::kOther},
    {"memcp.php", "", LinkRole::kOther},
    {"my.php", "", LinkRole::kOther},
    {"pm.php", "", LinkRole::kOther},
    {"logging.php", "", LinkRole::kOther},
    {"register.php", "", LinkRole::kOther},
    {"faq.php", "", LinkRole::kOther},
    {"stats.php", "", LinkRole::kOther},
    {"tag.php", "name", LinkRole::kOther},
    {"digest.php", "", LinkRole::kOther},
    {"modcp.php", "", LinkRole::kOther},
    {"admin.php", "", LinkRole::kOther},
    {"ajax.php", "", LinkRole::kOther},
    {"invite.php", "", LinkRole::kOther},
    {"magic.php", "", LinkRole::kOther},
    {"medal.php", "", LinkRole::kOther},
    {"eccredit.php", "", LinkRole::kOther},
    {"trade.php", "", LinkRole::kOther},
    {"viewpro.php", "", LinkRole::kProfile},
    {"space.php", "uid", LinkRole::kProfile},
    {"space.php", "username", LinkRole::kProfile},
    {"profile.php", "action", LinkRole::kProfile},
}};

// Six letters and digits. Elsewhere `sid` may be the number of a section.
bool is_session(std::string_view sid) {
  return sid.size() == 6 && std::all_of(sid.begin(), sid.end(), ascii::is_alphanumeric) && !is_number(sid);
}

// Whether a front page of Discuz! has no other parameters than these.
bool has_front_parameters(const Request& request) {
  static constexpr std::array<std::string_view, 9> kKnown{"gid",           "fromuid",    "fromuser",
                                                          "mobile",        "showmobile", "simpletype",
                                                          "showoldetails", "forumlist",  "_dsign"};
  return std::all_of(request.parameters.begin(), request.parameters.end(), [](const auto& parameter) {
    const auto& [name, value] = parameter;
    if (name == "sid") return value.empty() || is_session(value);
    return std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end();
  });
}

// index.php is any software's unless its parameters are Discuz's.
bool is_front_page(const Request& request) {
  if (request.script != "index.php" && !request.script.empty()) return false;
  if (request.script.empty() && request.parameters.empty()) return request.directory.empty();
  return has_front_parameters(request);
}

// forum.php and portal.php are Discuz's by their `mod`, and without one as index.php is.
bool is_of_other_software(const Request& request) {
  const bool front = request.script == "forum.php" || request.script == "portal.php";
  return front && !request.has("mod") && !has_front_parameters(request);
}

std::optional<PageKey> look_up(std::string_view site, Request request, Asked asked) {
  if (request.directory.ends_with("/archiver")) return archiver_key(site, std::move(request), asked);
  const Table table(site, request, asked);
  if (is_telephone_twin(request)) return table.script(LinkRole::kOther);
  if (is_front_page(request)) return table.front();
  if (is_of_other_software(request)) return std::nullopt;
  if (request.script == "forum.php") return table.forum();
  if (request.script == "portal.php") return table.portal();
  if (request.script == "group.php") return table.groups();
  if (request.script == "home.php" && request.has("mod"))
    return request.value("mod") == "space" ? table.profile() : table.script(LinkRole::kOther);
  for (const ClosedScript& closed : kClosedScripts) {
    if (request.script != closed.script || (!closed.needs.empty() && !request.has(closed.needs))) continue;
    return closed.role == LinkRole::kProfile ? table.profile() : table.script(closed.role);
  }
  return std::nullopt;
}

}  // namespace

std::optional<PageKey> discuz_key(const Url& url) {
  return look_up(url.site(), read_request(url), Asked::kKey);
}

std::optional<PageTarget> discuz_target(const Url& url) {
  return look_up({}, read_request(url), Asked::kTarget);
}

std::optional<PageRole> discuz_role(std::string_view path, std::string_view query) {
  const auto key = look_up({}, read_request(path, query), Asked::kRole);
  if (!key) return std::nullopt;
  return PageRole{key->role, key->follow};
}

}  // namespace boardwalk::parsers::discuz
