#include "store/thread_layer.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/json_text.hpp"
#include "store/merge.hpp"

namespace boardwalk::store {
namespace {

using parsers::PageRef;
using parsers::Thread;

constexpr std::tuple kMembers{&Thread::sticky,    &Thread::digest,          &Thread::closed,
                              &Thread::highlight, &Thread::read_permission, &Thread::price};
constexpr std::array<std::string_view, kMarks> kNames = {"sticky",    "digest",          "closed",
                                                         "highlight", "read_permission", "price"};
constexpr std::size_t kDigest = 1;  // its place
constexpr std::string_view kMarksFrom = "marks_from";
constexpr std::size_t kTexts = 4;  // of a mark there: its name, and the page's stamp

template <typename Visit>
void each_mark(Visit visit) {
  std::size_t place = 0;
  std::apply([&](auto... member) { (visit(member, place++), ...); }, kMembers);
}

bool read_stamp(const std::string* texts, ThreadLayer& layer) {
  const auto name = std::find(kNames.begin(), kNames.end(), texts[0]);
  if (name == kNames.end()) return false;
  PageRef& page = layer.shown_on[static_cast<std::size_t>(name - kNames.begin())];
  const char* const end = texts[1].data() + texts[1].size();
  const auto read = std::from_chars(texts[1].data(), end, page.fetched_at);
  page.url = texts[2];
  page.sha256 = texts[3];
  return read.ec == std::errc() && read.ptr == end;
}

}  // namespace

ThreadLayer::ThreadLayer(Thread told) : thread(std::move(told)) { shown_on.fill(thread.page); }

void ThreadLayer::add(const Thread& seen) {
  Thread both = merged(thread, seen);
  each_mark([&](auto member, std::size_t place) {
    const bool stays = !(seen.*member) || (thread.*member && is_newer(shown_on[place], seen.page));
    both.*member = (stays ? thread : seen).*member;
    if (!stays) shown_on[place] = seen.page;
  });
  thread = std::move(both);
}

void ThreadLayer::drop_marks_before(const PageRef& page) {
  each_mark([&](auto member, std::size_t place) {
    if (is_newer(page, shown_on[place])) (thread.*member).reset();
  });
}

void ThreadLayer::drop_marks_of_older_rows() {
  if (thread.digest) drop_marks_before(PageRef(shown_on[kDigest]));
}

std::string to_json(const ThreadLayer& layer) {
  JsonText marks;
  bool others = false;
  marks.start_array();
  each_mark([&](auto member, std::size_t place) {
    const PageRef& page = layer.shown_on[place];
    if (!(layer.thread.*member) || page == layer.thread.page) return;
    others = true;
    marks.plain(kNames[place]);
    marks.plain(std::to_string(page.fetched_at));
    marks.string(page.url);
    marks.string(page.sha256);
  });
  marks.end_array();
  std::string json = to_json(layer.thread);
  if (!others) return json;
  json.pop_back();
  json.append(",\"").append(kMarksFrom).append("\":").append(marks.view()).append("}");
  return json;
}

Result<ThreadLayer> layer_from_json(std::string_view json) {
  auto thread = thread_from_json(json);
  if (!thread) return tl::unexpected(thread.error());
  ThreadLayer layer(std::move(*thread));
  const auto texts = text_list_field(json, kMarksFrom);
  bool fits = texts.size() % kTexts == 0;
  for (std::size_t i = 0; fits && i < texts.size(); i += kTexts) fits = read_stamp(&texts[i], layer);
  if (!fits) return fail(ErrorKind::kDamaged, "not what pages say of a thread: `marks_from` does not fit");
  return layer;
}

}  // namespace boardwalk::store
