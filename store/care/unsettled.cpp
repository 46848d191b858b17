#include "store/care/unsettled.hpp"

#include <fmt/format.h>

#include <concepts>
#include <type_traits>
#include <utility>

#include "store/damage.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, ForgetBegun>
void fields(Archive& archive, Row& row) {
  archive(row.ids);
  archive(row.records);
  archive(row.had_text_index);
}

namespace {

constexpr std::string_view kMarks = "unsettled/";

std::string mark_of(std::string_view command) { return std::string(kMarks).append(command); }

}  // namespace

std::string forget_command(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kSite:
      return fmt::format("forget --site {}", target.site);
    case Target::Kind::kAuthor:
      return fmt::format("forget --site {} --author {}", target.site, target.name);
    default:
      return fmt::format("forget {}", target.name);
  }
}

void mark_unsettled(Batch& batch, std::string_view command) {
  batch.put(Family::kMeta, mark_of(command), {});
}

void mark_unsettled(Batch& batch, std::string_view command, const ForgetBegun& begun) {
  batch.put(Family::kMeta, mark_of(command), pack(begun));
}

Result<ForgetBegun> begun_before(const Database& database, std::string_view command) {
  const auto mark = database.get(Family::kMeta, mark_of(command));
  if (!mark) return tl::unexpected(mark.error());
  if (!*mark || (*mark)->empty()) return ForgetBegun{};
  auto begun = unpack<ForgetBegun>(**mark);
  if (!begun) return damaged_row("meta", "what is unsettled");
  return std::move(*begun);
}

Result<void> mark_settled(Database& database, std::string_view command) {
  const auto held = is_unsettled(database, command);
  if (!held) return tl::unexpected(held.error());
  if (!*held) return {};
  Batch batch(database);
  batch.erase(Family::kMeta, mark_of(command));
  return database.commit(batch);
}

Result<bool> is_unsettled(const Database& database, std::string_view command) {
  const auto mark = database.get(Family::kMeta, mark_of(command));
  if (!mark) return tl::unexpected(mark.error());
  return mark->has_value();
}

Result<std::vector<std::string>> unsettled_commands(const Database& database) {
  std::vector<std::string> commands;
  auto scanned = database.scan(Family::kMeta, kMarks, kMarks, [&](std::string_view key, std::string_view) {
    commands.emplace_back(key.substr(kMarks.size()));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return commands;
}

std::string unsettled_words(std::string_view command) {
  return fmt::format("boardwalk {} has begun and not come to its end", command);
}

std::string way_to_settle(std::string_view command) {
  return command == kMergeCommand ? "unless it still runs, run it again, or boardwalk reparse"
                                  : "unless it still runs, run it again";
}

Error ended_unsettled(const Database& database, std::string_view command, Error error) {
  const auto held = is_unsettled(database, command);
  if (held && !*held) return error;
  return {error.kind,
          fmt::format("{}; boardwalk {} has not come to its end: run it again", error.message, command)};
}

}  // namespace boardwalk::store
