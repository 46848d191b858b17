#include "store/export/readings.hpp"

#include <optional>
#include <utility>

#include "store/json_codec.hpp"
#include "store/json_field.hpp"

namespace boardwalk::store {
namespace {

parsers::Thread thread_of(const std::string& site, const std::string& thread_id,
                          const std::vector<parsers::Post>& posts) {
  parsers::Thread thread;
  thread.site = site;
  thread.thread_id = thread_id;
  thread.posts_archived = static_cast<std::int64_t>(posts.size());
  if (posts.empty()) return thread;
  const parsers::Post& post = posts.front();
  thread.title = post.thread_title;
  thread.software = post.software;
  thread.board = post.board;
  thread.page = post.page;
  thread.seen = post.seen;
  if (!post.first) return thread;
  thread.author = post.author;
  thread.author_id = post.author_id;
  thread.created_at = post.posted_at;
  return thread;
}

}  // namespace

Result<Readings> Readings::choose(const Database& database, const Selection& selection,
                                  const Pseudonyms* pseudonyms) {
  Readings readings(database, selection, pseudonyms);
  if (auto found = readings.find(); !found) return tl::unexpected(found.error());
  return readings;
}

Result<void> Readings::find() {
  Filter filter = selection_.filter;
  filter.duplicates = filter.near_duplicates = true;
  for (const RecordKind kind : {RecordKind::kThread, RecordKind::kPost}) {
    auto scanned = for_each_record(database_, {kind, filter}, [this](const Row& row) {
      auto site = text_field(row.json, "site");
      auto thread_id = text_field(row.json, "thread_id");
      if (site && thread_id) chosen_[*std::move(site)].insert(*std::move(thread_id));
      return true;
    });
    if (!scanned) return scanned;
  }
  return {};
}

bool Readings::has_thread(const std::string& site, const std::string& thread_id) const {
  const auto ids = chosen_.find(site);
  return ids != chosen_.end() && ids->second.contains(thread_id);
}

std::size_t Readings::threads() const {
  std::size_t sum = 0;
  for (const auto& [site, ids] : chosen_) sum += ids.size();
  return sum;
}

Result<ThreadReading> Readings::read(const std::string& site, const std::string& thread_id) const {
  ThreadReading reading;
  auto posts = posts_of_thread(database_, site, thread_id);
  if (!posts) return tl::unexpected(posts.error());
  reading.posts = std::move(*posts);
  const auto json = record_json(database_, parsers::thread_record_id(site, thread_id));
  if (!json && json.error().kind != ErrorKind::kNotFound) return tl::unexpected(json.error());
  if (json) {
    auto thread = thread_from_json(*json);
    if (!thread) return tl::unexpected(thread.error());
    reading.thread = std::move(*thread);
  } else {
    reading.thread = thread_of(site, thread_id, reading.posts);
  }
  if (selection_.history)
    if (auto added = add_versions(reading); !added) return tl::unexpected(added.error());
  if (pseudonyms_ != nullptr) hide_names(reading);
  return reading;
}

Result<void> Readings::add_versions(ThreadReading& reading) const {
  for (const auto& post : reading.posts) {
    if (post.seen.version < 2) continue;
    const auto lines = versions_json(database_, record_id(post));
    if (!lines) return tl::unexpected(lines.error());
    for (const auto& line : *lines) {
      auto version = post_from_json(line);
      if (!version) return tl::unexpected(version.error());
      reading.versions[post.post_id].push_back(std::move(*version));
    }
  }
  return {};
}

void Readings::hide_names(ThreadReading& reading) const {
  pseudonyms_->hide(reading.thread);
  for (auto& post : reading.posts) pseudonyms_->hide(post);
  for (auto& [id, versions] : reading.versions)
    for (auto& version : versions) pseudonyms_->hide(version);
}

Result<void> Readings::for_each_thread(const std::function<bool(ThreadReading&)>& each) const {
  for (const auto& [site, ids] : chosen_)
    for (const auto& id : ids) {
      auto reading = read(site, id);
      if (!reading) return tl::unexpected(reading.error());
      if (!each(*reading)) return {};
    }
  return {};
}

Result<void> Readings::for_each_article(ExportCounts& counts,
                                        const std::function<bool(ArticleReading&)>& each) const {
  Filter filter = selection_.filter;
  filter.duplicates = filter.near_duplicates = true;  // those left out are counted
  std::optional<Error> error;
  const auto stop = [&](const Error& why) {
    error = why;
    return false;
  };
  auto scanned = for_each_record(database_, {RecordKind::kArticle, filter}, [&](const Row& row) {
    if (counts.leaves_out(row, selection_.filter)) return true;
    ArticleReading reading;
    auto article = article_from_json(row.json);
    if (!article) return stop(article.error());
    reading.article = std::move(*article);
    if (selection_.history && row.has_versions) {
      const auto lines = versions_json(database_, record_id(reading.article));
      if (!lines) return stop(lines.error());
      for (const auto& line : *lines) {
        auto version = article_from_json(line);
        if (!version) return stop(version.error());
        reading.versions.push_back(std::move(*version));
      }
    }
    if (pseudonyms_ != nullptr) {
      pseudonyms_->hide(reading.article);
      for (auto& version : reading.versions) pseudonyms_->hide(version);
    }
    return each(reading);
  });
  if (error) return tl::unexpected(*error);
  return scanned;
}

Result<void> export_readings(const Readings& readings, ReadingFormat& format, ExportCounts& counts) {
  const auto count = [&](RecordKind kind) -> std::int64_t& {
    return counts.printed[static_cast<std::size_t>(kind)];
  };
  bool open = true;
  auto done = readings.for_each_thread([&](const ThreadReading& reading) {
    open = format.add(reading);
    count(RecordKind::kThread) += open ? 1 : 0;
    count(RecordKind::kPost) += open ? static_cast<std::int64_t>(reading.posts.size()) : 0;
    return open;
  });
  if (!done || !open) return done;
  return readings.for_each_article(counts, [&](const ArticleReading& reading) {
    open = format.add(reading);
    count(RecordKind::kArticle) += open ? 1 : 0;
    return open;
  });
}

}  // namespace boardwalk::store
