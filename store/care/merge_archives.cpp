#include "store/care/merge_archives.hpp"

#include <optional>

#include "store/body_writer.hpp"
#include "store/care/forget.hpp"
#include "store/care/reparse.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

class Merge {
 public:
  Merge(Database& into, const Database& from) : into_(into), from_(from), bodies_(into) {}

  Result<Merged> run() {
    if (auto done = copy_forgotten(); !done) return tl::unexpected(done.error());
    std::optional<Error> error;
    auto scanned = for_each_visit(from_, [&](Visit visit) {
      if (auto put = put_one(std::move(visit)); !put) error = put.error();
      return !error;
    });
    if (!scanned) return tl::unexpected(scanned.error());
    if (error) return tl::unexpected(*error);
    return merged_;
  }

 private:
  Result<void> copy_forgotten() {
    Batch batch(into_);
    auto scanned = from_.scan(Family::kForgotten, "", "", [&](std::string_view key, std::string_view value) {
      const auto held = into_.get(Family::kForgotten, key);
      if (held && *held) return true;
      batch.put(Family::kForgotten, key, value);
      ++merged_.forgotten;
      return true;
    });
    if (!scanned) return scanned;
    return into_.commit(batch);
  }

  Result<void> put_one(Visit visit) {
    const auto held = into_.get(Family::kVisits, visit_key(visit.key, visit.fetched_at));
    if (!held) return tl::unexpected(held.error());
    if (*held) return {};
    Batch batch(into_);
    visit.run = 0;
    put_visit(batch, visit);
    ++merged_.visits;
    if (const auto digest = digest_key(visit.sha256))
      if (auto put = put_bytes(batch, visit, *digest); !put) return put;
    return into_.commit(batch);
  }

  Result<void> put_bytes(Batch& batch, const Visit& visit, const std::string& digest) {
    const auto held = into_.get(Family::kBodies, digest);
    if (!held) return tl::unexpected(held.error());
    const auto value = *held ? std::nullopt : from_.get(Family::kBodies, digest);
    if (!value) return tl::unexpected(value.error());
    if (!*value) return {};
    const auto body = decode_body(from_, digest, **value);
    if (!body) return tl::unexpected(body.error());
    ++merged_.bodies;
    if (!body->redacted)
      return bodies_.put(batch, visit.key.substr(0, visit.key.find(' ')), visit.sha256, body->bytes);
    replace_body(batch, digest, *body, nullptr);
    return {};
  }

  Database& into_;
  const Database& from_;
  BodyWriter bodies_;
  Merged merged_;
};

}  // namespace

Result<Merged> merge_pages(Database& into, const Database& from) { return Merge(into, from).run(); }

Result<void> settle_merge(Database& into, const Reading& reading) {
  if (const auto redacted = redact_bodies(into); !redacted) return tl::unexpected(redacted.error());
  const auto derived = reparse(into, reading, [](const RecordChange&) {});
  return derived ? Result<void>{} : tl::unexpected(derived.error());
}

}  // namespace boardwalk::store
