#include "tests/support/forum_routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "tests/support/pages.hpp"

namespace boardwalk::sample {
namespace {

Response page_of(std::string html, int status = 200) {
  Response response;
  response.status = status;
  response.body = std::move(html);
  return response;
}

Response redirect(int status, std::string to) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Location", std::move(to));
  return response;
}

std::string unescaped(std::string href) {
  for (std::size_t at = 0; (at = href.find("&amp;", at)) != std::string::npos; ++at) href.replace(at, 5, "&");
  return href;
}

// The numbers of "/thread-12-3-1.html" behind `name`; nullopt unless there are `count` of them.
std::optional<std::vector<int>> numbers(std::string_view path, std::string_view name, std::size_t count) {
  constexpr std::string_view kEnd = ".html";
  if (path.size() <= name.size() + kEnd.size() || path.substr(0, name.size()) != name) return std::nullopt;
  if (path.substr(path.size() - kEnd.size()) != kEnd) return std::nullopt;
  std::string_view rest = path.substr(name.size(), path.size() - name.size() - kEnd.size());
  std::vector<int> found;
  while (!rest.empty()) {
    const std::string_view digits = rest.substr(0, rest.find('-'));
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    found.push_back(value);
    rest.remove_prefix(std::min(digits.size() + 1, rest.size()));
  }
  return found.size() == count ? std::optional(found) : std::nullopt;
}

// The list page in `extra=page%3D2`.
int list_page_of(const Request& request) {
  const std::string extra = request.param("extra");
  int value = 1;
  const std::size_t at = extra.find("page=");
  if (at != std::string::npos) std::from_chars(extra.data() + at + 5, extra.data() + extra.size(), value);
  return std::max(1, value);
}

Response thread_response(const PageContext& page, int tid, const ThreadView& view) {
  if (const Thread* live = page.model.moved(tid)) {
    return redirect(302, page.base + unescaped(thread_href(page, live->tid, 1, 1)));
  }
  const Thread* thread = page.model.thread(tid);
  if (thread == nullptr) {
    return page_of(message_page(page, "抱歉，指定的主题不存在或已被删除或正在被审核", "viewthread"), 404);
  }
  const Board& board = *page.model.board(thread->fid);
  if (board.kind == BoardKind::kLocked)
    return redirect(302, page.base + unescaped(board_href(page, board.fid, 1)));
  if (thread->read_permission > 0) {
    const std::string message =
        fmt::format("抱歉，本帖要求阅读权限高于 {} 才能浏览", thread->read_permission);
    return page_of(message_page(page, message, "viewthread"));
  }
  return page_of(thread_page(page, *thread, view));
}

Response board_response(const PageContext& page, int fid, int number, int type_id) {
  const Board* board = page.model.board(fid);
  if (board == nullptr) return page_of(message_page(page, "抱歉，指定的版块不存在", "forumdisplay"));
  switch (board->kind) {
    case BoardKind::kCategory:
      return page_of(index_page(page, fid));
    case BoardKind::kLink:
      return redirect(302, page.base + "news/");
    case BoardKind::kLocked:
      return page_of(password_page(page, *board));
    case BoardKind::kBoard:
    case BoardKind::kSub:
      break;
  }
  return page_of(board_page(page, *board, number, type_id));
}

std::string to_page(int tid, int number, std::string_view fragment) {
  return fmt::format("forum.php?mod=viewthread&tid={}{}{}", tid,
                     number > 1 ? fmt::format("&page={}", number) : "", fragment);
}

Response neighbour(const PageContext& page, int tid, bool newer) {
  const Thread* thread = page.model.thread(tid);
  const Thread* best = nullptr;
  for (const Thread& other : page.model.threads()) {
    if (thread == nullptr || other.removed || other.fid != thread->fid || other.tid == tid) continue;
    const bool beyond = newer ? other.last_at > thread->last_at : other.last_at < thread->last_at;
    const bool nearer =
        best == nullptr || (newer ? other.last_at < best->last_at : other.last_at > best->last_at);
    if (beyond && nearer) best = &other;
  }
  if (best != nullptr) return redirect(302, to_page(best->tid, 1, ""));
  return page_of(
      message_page(page, newer ? "抱歉，没有比当前更新的主题" : "抱歉，没有比当前更早的主题", "redirect"));
}

Response redirect_response(const PageContext& page, const Request& request) {
  const std::string to = request.param("goto");
  if (to == "nextnewset" || to == "nextoldset") {
    return neighbour(page, request.number_param("tid", 0), to == "nextnewset");
  }
  const Thread* thread = page.model.thread(request.number_param(to == "findpost" ? "ptid" : "tid", 0));
  const std::int64_t pid = request.number_param("pid", 0);
  if (thread == nullptr && to == "findpost") thread = page.model.thread_of(pid);
  if (thread == nullptr) {
    return page_of(message_page(page, "抱歉，指定的主题不存在或已被删除或正在被审核", "redirect"), 404);
  }
  if (to != "findpost")
    return redirect(302, to_page(thread->tid, page.model.page_count(*thread), "#lastpost"));
  const int number = page.model.page_of(*thread, pid);
  if (number == 0) return redirect(301, to_page(thread->tid, 1, ""));
  return redirect(301,
                  fmt::format("forum.php?mod=viewthread&tid={}&page={}#pid{}", thread->tid, number, pid));
}

Response by_module(const PageContext& page, const Request& request) {
  const std::string module = request.param("mod");
  const int number = request.number_param("page", 1);
  if (module.empty()) return page_of(index_page(page, request.number_param("gid", 0)));
  if (module == "forumdisplay") {
    return board_response(page, request.number_param("fid", 0), number, request.number_param("typeid", 0));
  }
  if (module == "redirect") return redirect_response(page, request);
  const bool plain_view = request.param("action").empty() && request.param("do").empty();
  if (module == "viewthread" && plain_view) {
    return thread_response(page, request.number_param("tid", 0),
                           {.number = number,
                            .list_page = list_page_of(request),
                            .only_author = request.number_param("authorid", 0),
                            .reversed = request.number_param("ordertype", 0) == 1});
  }
  return page_of(
      message_page(page, "抱歉，您尚未登录，没有权限访问该页面", module == "viewthread" ? module : "misc"));
}

bool asks_for_member(const std::string& path) {
  const std::string_view view = path;
  const auto begins = [view](std::string_view name) { return view.substr(0, name.size()) == name; };
  return begins("/home.php") || begins("/member.php") || begins("/search.php") || begins("/misc.php") ||
         begins("/space-");
}

}  // namespace

Response forum_response(const PageContext& page, const Request& request) {
  const std::string& path = request.path;
  if (path == "/" || path == "/index.php") return page_of(index_page(page, 0));
  if (path == "/forum.php") return by_module(page, request);
  if (const auto found = numbers(path, "/thread-", 3)) {
    return thread_response(page, (*found)[0], {.number = (*found)[1], .list_page = (*found)[2]});
  }
  if (const auto found = numbers(path, "/forum-", 2))
    return board_response(page, (*found)[0], (*found)[1], 0);
  if (asks_for_member(path)) return page_of(message_page(page, "抱歉，您需要先登录才能继续本操作", "misc"));
  return page_of(
      "<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n</body>\n</html>\n",
      404);
}

}  // namespace boardwalk::sample
