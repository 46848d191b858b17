#include "store/migration.hpp"

#include <cassert>

#include "store/index_rows.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

// Calls `each` for all rows of a family, and commits what it puts into the batch as that grows.
Result<void> rewrite(Database& database, Family family,
                     const std::function<Result<void>(Batch&, std::string_view, std::string_view)>& each) {
  Batch batch(database);
  Result<void> done;
  const auto scanned = database.scan(family, "", "", [&](std::string_view key, std::string_view value) {
    done = each(batch, key, value);
    if (done && batch.bytes() >= kBatchBytes) done = database.commit(batch);
    return done.has_value();
  });
  if (!scanned) return scanned;
  return done ? database.commit(batch) : done;
}

// Layout 1 → 2: the rows of by_time and by_author.
Result<void> index_records(Database& database) {
  return rewrite(database, Family::kRecords,
                 [](Batch& batch, std::string_view key, std::string_view value) -> Result<void> {
                   const auto record = parse_record_value(value);
                   if (!record) return tl::unexpected(record.error());
                   reindex(batch, "", "", key, record->json);
                   return {};
                 });
}

// Layout 1 → 2: bands, neighbours and their marks. Folds meet those before them, whatever the order.
Result<void> link_folds(Database& database) {
  return rewrite(database, Family::kFolds,
                 [](Batch& batch, std::string_view key, std::string_view) -> Result<void> {
                   if (key.size() != kDigestBytes) return {};
                   return link_held_fold(batch, std::string(key));
                 });
}

}  // namespace

Result<void> migrate(Database& database, int layout) {
  assert(layout >= 1 && layout < kLayout);
  if (layout >= 2) return {};  // the same rows
  if (auto indexed = index_records(database); !indexed) return indexed;
  if (auto linked = link_folds(database); !linked) return linked;
  return database.flush();
}

}  // namespace boardwalk::store
