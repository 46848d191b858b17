#include "store/origin.hpp"

#include <utility>

#include "store/clusters.hpp"
#include "store/damage.hpp"
#include "store/near.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {

Result<Origin> origin_of(const Database& database, const RecordValue& record) {
  Origin origin;
  if ((record.flags & (kInCluster | kHasNear)) == 0) return origin;
  const auto digest = digest_key(text_field(record.json, "fold_sha256").value_or(""));
  if (!digest) return damaged_row("records", "a record whose cluster is lost");
  if ((record.flags & kInCluster) != 0) {
    auto head = cluster_head(database, *digest);
    if (!head) return tl::unexpected(head.error());
    if (*head && (*head)->original != text_field(record.json, "id"))
      origin.duplicate_of = std::move((*head)->original);
  }
  if ((record.flags & kHasNear) == 0) return origin;
  auto near = near_original_of(database, *digest);
  if (!near) return tl::unexpected(near.error());
  if (!*near) return origin;
  origin.near_duplicate_of = std::move((*near)->record_id);
  origin.similarity = (*near)->likeness.similarity();
  return origin;
}

std::string_view line_of(const RecordValue& record, const Origin& origin, std::string& filled) {
  if (!origin.duplicate_of && !origin.near_duplicate_of) return record.json;
  return filled = with_origin(record.json, origin);
}

}  // namespace boardwalk::store
