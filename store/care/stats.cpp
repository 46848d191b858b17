#include "store/care/stats.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "parsers/moment.hpp"
#include "store/json_field.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/text_documents.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDay = 10;  // `2026-01-31`

class Counting {
 public:
  explicit Counting(Stats& stats) : stats_(stats) {}

  void add(const RecordKey& key, std::string_view json) {
    SiteStats& site = stats_.sites[std::string(key.site)];
    site.gone += text_field(json, "gone_at") ? 1 : 0;
    switch (key.kind) {
      case kBoardRow:
        ++site.boards;
        board(key.site, std::string(key.id)).name = text_field(json, "name").value_or("");
        return;
      case kThreadRow:
        ++site.threads;
        if (const auto id = board_id_field(json)) ++board(key.site, *id).threads;
        return;
      case kPostRow:
        ++site.posts;
        if (const auto id = board_id_field(json)) ++board(key.site, *id).posts;
        return day(text_field(json, "posted_at"));
      default:
        ++site.articles;
        return day(text_field(json, "published_at"));
    }
  }

  void add(const Visit& visit) {
    ++stats_.sites[visit.key.substr(0, visit.key.find(' '))].pages;
    ++stats_.outcomes[std::string(parsers::to_string(visit.outcome))];
    ++stats_.fetched[parsers::utc_rfc3339(visit.fetched_at / 1000).substr(0, kDay)];
  }

  void finish() {
    for (auto& [key, board] : boards_) stats_.boards.push_back(std::move(board));
    std::stable_sort(stats_.boards.begin(), stats_.boards.end(),
                     [](const BoardStats& a, const BoardStats& b) {
                       return std::tie(a.site, b.posts) < std::tie(b.site, a.posts);
                     });
  }

 private:
  BoardStats& board(std::string_view site, const std::string& id) {
    BoardStats& board = boards_[{std::string(site), id}];
    board.site = site;
    board.id = id;
    return board;
  }

  void day(const std::optional<std::string>& time) {
    if (time) ++stats_.published[time->substr(0, kDay)];
  }

  Stats& stats_;
  std::map<std::pair<std::string, std::string>, BoardStats> boards_;
};

std::uint64_t bytes_of_text_index(const Database& database) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator entry(text_index_path(database.directory()), error), end;
       !error && entry != end; entry.increment(error)) {
    std::error_code vanished;
    const auto size = entry->file_size(vanished);
    if (!vanished) bytes += size;
  }
  return bytes;
}

}  // namespace

std::vector<FamilyStats> family_sizes(const Database& database) {
  std::vector<FamilyStats> sizes;
  for (int i = 0; i < kFamilies; ++i)
    sizes.push_back({family_name(static_cast<Family>(i)), database.size_of(static_cast<Family>(i))});
  sizes.push_back({"fulltext", bytes_of_text_index(database)});
  return sizes;
}

Result<Stats> stats_of(const Database& database) {
  Stats stats;
  Counting counting(stats);
  std::optional<Error> error;
  auto scanned = database.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
    const auto record = parse_record_key(key);
    const auto row = parse_record_value(value);
    if (!row) error = row.error();
    if (record && row) counting.add(*record, row->json);
    return !error;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (error) return tl::unexpected(*error);
  auto visited = for_each_visit(database, [&](const Visit& visit) {
    counting.add(visit);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  counting.finish();
  stats.families = family_sizes(database);
  stats.bytes = database.size_on_disk();
  return stats;
}

}  // namespace boardwalk::store
