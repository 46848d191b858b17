#include "store/thread_layer.hpp"

#include <fmt/format.h>

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

constexpr std::tuple kMembers{&Thread::sticky,          &Thread::digest, &Thread::closed,  &Thread::highlight,
                              &Thread::read_permission, &Thread::price,  &Thread::replies, &Thread::views};
constexpr std::array<std::string_view, kDated> kNames = {"sticky",          "digest", "closed",  "highlight",
                                                         "read_permission", "price",  "replies", "views"};
constexpr std::size_t kDigest = 1;  // its place
// Two fields, as versions that know of the first alone read no other names in it.
constexpr std::string_view kMarksFrom = "marks_from";
constexpr std::string_view kCountersFrom = "counters_from";
constexpr std::size_t kTexts = 4;  // of one there: its name, and the page's stamp

template <typename Visit>
void each_dated(Visit visit) {
  std::size_t place = 0;
  std::apply([&](auto... member) { (visit(member, place++), ...); }, kMembers);
}

template <typename Visit>
void each_mark(Visit visit) {
  each_dated([&](auto member, std::size_t place) {
    if (place < kMarks) visit(member, place);
  });
}

template <typename Visit>
void each_counter(Visit visit) {
  each_dated([&](auto member, std::size_t place) {
    if (place >= kMarks) visit(member, place);
  });
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

bool read_stamps(std::string_view json, std::string_view field, ThreadLayer& layer) {
  const auto texts = text_list_field(json, field);
  bool fits = texts.size() % kTexts == 0;
  for (std::size_t i = 0; fits && i < texts.size(); i += kTexts) fits = read_stamp(&texts[i], layer);
  return fits;
}

// Of those from one place up to another: a field at the object's end, when there is something to tell.
void append_stamps(std::string& json, std::string_view field, const ThreadLayer& layer, std::size_t from,
                   std::size_t to) {
  JsonText stamps;
  bool others = false;
  stamps.start_array();
  each_dated([&](auto member, std::size_t place) {
    const PageRef& page = layer.shown_on[place];
    if (place < from || place >= to || !(layer.thread.*member) || page == layer.thread.page) return;
    others = true;
    stamps.plain(kNames[place]);
    stamps.plain(std::to_string(page.fetched_at));
    stamps.string(page.url);
    stamps.string(page.sha256);
  });
  stamps.end_array();
  if (!others) return;
  json.pop_back();
  json.append(",\"").append(field).append("\":").append(stamps.view()).append("}");
}

}  // namespace

ThreadLayer::ThreadLayer(Thread told) : thread(std::move(told)) { shown_on.fill(thread.page); }

void ThreadLayer::add(const Thread& seen) {
  Thread both = merged(thread, seen);
  each_dated([&](auto member, std::size_t place) {
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

Thread thread_record(const std::optional<ThreadLayer>& row, const std::optional<ThreadLayer>& own) {
  if (!own) return row->thread;
  if (!row) return own->thread;
  Thread thread = thread_record(row->thread, own->thread);
  each_counter([&](auto member, std::size_t place) {
    const bool row_is_newer = is_newer(row->shown_on[place], own->shown_on[place]);
    const bool by_row = row->thread.*member && (row_is_newer || !(own->thread.*member));
    thread.*member = (by_row ? row : own)->thread.*member;
  });
  return thread;
}

std::string to_json(const ThreadLayer& layer) {
  std::string json = to_json(layer.thread);
  append_stamps(json, kMarksFrom, layer, 0, kMarks);
  append_stamps(json, kCountersFrom, layer, kMarks, kDated);
  return json;
}

Result<ThreadLayer> layer_from_json(std::string_view json) {
  auto thread = thread_from_json(json);
  if (!thread) return tl::unexpected(thread.error());
  ThreadLayer layer(std::move(*thread));
  for (const auto field : {kMarksFrom, kCountersFrom})
    if (!read_stamps(json, field, layer))
      return fail(ErrorKind::kDamaged,
                  fmt::format("not what pages say of a thread: `{}` does not fit", field));
  return layer;
}

}  // namespace boardwalk::store
