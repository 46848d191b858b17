#include "store/care/forget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "store/care/lost_records.hpp"
#include "store/care/redact_bodies.hpp"
#include "store/care/reparse.hpp"
#include "store/care/taken_files.hpp"
#include "store/care/unsettled.hpp"
#include "store/files.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/text_update.hpp"

namespace boardwalk::store {
namespace {

// What the target means in this archive: its records, their words in all versions, and the files they name.
struct Found {
  std::int64_t records = 0;
  bool named = false;  // an author whose comments, ratings or name others' records hold
  Redaction redaction;
  std::set<std::string> files;  // page keys
  std::set<std::string> ids;    // of the records, but for those of a site
};

bool is_meant(const Target& target, const RecordKey& key, std::string_view json) {
  if (key.site != target.site && target.kind != Target::Kind::kRecord) return false;
  if (target.kind == Target::Kind::kSite) return true;
  if (target.kind == Target::Kind::kAuthor) {
    if (key.kind == kArticleRow) {
      const auto authors = text_list_field(json, "authors");
      return std::find(authors.begin(), authors.end(), target.name) != authors.end();
    }
    return key.kind != kBoardRow && text_field(json, "author") == target.name;
  }
  return text_field(json, "id") == target.name ||
         (key.kind == kPostRow &&
          target.name == parsers::thread_record_id(std::string(key.site), std::string(key.thread_id)));
}

bool is_board(const Target& target) {
  const auto id = parse_record_id(target.name);
  return target.kind == Target::Kind::kRecord && id && id->kind == kBoardRow;
}

// Whether a post of others has a comment, a rating or a quote by the author or mentions that name, or a
// thread has the last reply or the best answer, or an article is edited by the author.
bool names_author(const Target& target, const RecordKey& key, std::string_view json) {
  if (target.kind != Target::Kind::kAuthor || key.site != target.site) return false;
  const parsers::OptionalString name = target.name;
  if (key.kind == kThreadRow)
    return text_field(json, "last_reply_by") == name || text_field(json, parsers::kBestAnswerBy) == name;
  if (key.kind == kArticleRow) {
    const auto editor = text_field(json, "editor");
    const auto names = editors_in(editor.value_or(""));
    return editor == name || std::find(names.begin(), names.end(), target.name) != names.end();
  }
  if (key.kind != kPostRow) return false;
  const auto post = post_from_json(json);
  if (!post) return false;
  return post->edited_by == name ||
         std::any_of(post->comments.begin(), post->comments.end(),
                     [&](const auto& comment) { return comment.author == name; }) ||
         std::any_of(post->ratings.begin(), post->ratings.end(),
                     [&](const auto& rating) { return rating.by == name; }) ||
         std::any_of(post->quotes.begin(), post->quotes.end(),
                     [&](const auto& quote) { return quote.author == name; }) ||
         std::find(post->mentions.begin(), post->mentions.end(), target.name) != post->mentions.end();
}

void add_words(Found& found, char kind, std::string_view json) {
  if (const auto post = post_from_json(json); kind == kPostRow && post)
    found.redaction.add_post(*post);
  else
    found.redaction.add(text_field(json, "text").value_or(""));
  for (const char* const title : {"title", "subtitle"})
    found.redaction.add_title(text_field(json, title).value_or(""));
  for (const auto& url : files_named_in(json)) found.files.insert(url);
}

Result<void> add_other_versions(const Database& database, const RecordKey& key, const std::string& id,
                                Found& found) {
  const auto versions = versions_json(database, id);
  if (!versions) return tl::unexpected(versions.error());
  for (const auto& version : *versions) add_words(found, key.kind, version);
  if (key.kind != kArticleRow) return {};
  const std::string prefix = article_parts_prefix(key.site, key.id);
  return database.scan(Family::kThreads, prefix, prefix, [&](std::string_view, std::string_view lines) {
    for (; !lines.empty(); lines.remove_prefix(std::min(lines.find('\n'), lines.size() - 1) + 1))
      add_words(found, key.kind, lines.substr(0, lines.find('\n')));
    return true;
  });
}

Result<Found> find(const Database& database, const Target& target) {
  Found found;
  Result<void> done;
  auto scanned = database.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
    const auto parsed = parse_record_key(key);
    const auto row = parse_record_value(value);
    if (!parsed || !row) return true;
    if (!is_meant(target, *parsed, row->json)) {
      found.named = found.named || names_author(target, *parsed, row->json);
      return true;
    }
    ++found.records;
    // Of a site, whose pages go whole, the files alone are to be found.
    Found of_site;
    Found& to = target.kind == Target::Kind::kSite ? of_site : found;
    add_words(to, parsed->kind, row->json);
    const std::string id = text_field(row->json, "id").value_or("");
    done = add_other_versions(database, *parsed, id, to);
    to.ids.insert(id);
    found.files.merge(of_site.files);
    return done.has_value();
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return done ? Result<Found>(std::move(found)) : tl::unexpected(done.error());
}

// Of the files of what is meant, and of a site, those that nothing else names.
Result<std::set<std::string>> files_to_go(const Database& database, const Target& target, Found& found) {
  std::set<std::string> all;
  for (const auto& key : found.files) {
    const auto chain = moves_of_file(database, key);
    if (!chain) return tl::unexpected(chain.error());
    all.insert(chain->begin(), chain->end());
  }
  const auto is_to_go = [&target](const RecordKey& key, std::string_view json) {
    return is_meant(target, key, json);
  };
  if (auto done = leave_out_named(database, all, is_to_go); !done) return tl::unexpected(done.error());
  if (target.kind != Target::Kind::kSite) return all;
  auto ours = files_of_site(database, target.site);
  if (ours) all.merge(*ours);
  return ours ? Result<std::set<std::string>>(std::move(all)) : ours;
}

// Where there is none, the marks of what has gone are not kept either.
Result<void> renew_text_index(Database& database, bool is_wanted) {
  if (!is_wanted) return drop_text_index(database);
  const auto made = update_text_index(database);
  return made ? Result<void>{} : tl::unexpected(made.error());
}

// Derives the records from what is left.
Result<void> derive(Database& database, const ReplayOptions& reading,
                    const std::function<void(const RecordChange&)>& tell) {
  const auto derived = reparse(database, reading, tell);
  return derived ? Result<void>{} : tl::unexpected(derived.error());
}

// Takes the post or article down by itself. True when it is there, as an older page shows it; an article that
// is not is left alone, as its address may show another one some day.
Result<bool> forget_by_id(const Database& database, Batch& batch, const std::string& id, char kind,
                          std::int64_t at) {
  const Target target{Target::Kind::kRecord, {}, id};
  const auto row = database.get(Family::kForgotten, forgotten_key(target));
  if (!row) return tl::unexpected(row.error());
  const auto json = record_json(database, id);
  const bool is_there = json.has_value();
  if (!is_there && json.error().kind != ErrorKind::kNotFound) return tl::unexpected(json.error());
  if (!is_there && (*row || kind == kArticleRow)) return false;
  Redaction redaction;  // by which quotes of it are known
  if (auto post = post_from_json(json.value_or(""))) {
    if (post->text.find(kBlack) != std::string::npos) post->text.clear();
    redaction.add_post(*post);
  }
  const Forgetting forgetting{at, 1, redaction.hashes()};
  if (!*row) return put_forgetting(batch, target, forgetting), is_there;
  const auto added = add_forgetting(batch, target, **row, forgetting);
  return added ? Result<bool>(is_there) : tl::unexpected(added.error());
}

// What older pages, held or to come, show under another author or in another thread. Never a thread, which
// would take all its posts along, whoever wrote them: one that was meant by itself has its row.
Result<bool> forget_by_id(Database& database, const std::set<std::string>& ids, std::int64_t at) {
  Batch batch(database);
  bool any = false;
  for (const auto& id : ids) {
    const auto parsed = parse_record_id(id);
    if (!parsed || parsed->kind == kThreadRow) continue;
    const auto is_there = forget_by_id(database, batch, id, parsed->kind, at);
    if (!is_there) return tl::unexpected(is_there.error());
    any = any || *is_there;
  }
  if (auto committed = database.commit(batch); !committed) return tl::unexpected(committed.error());
  return any;
}

// So that the files that are written anew do not say of whom the ids were.
Result<void> clear_ids(Database& database, const std::string& command, ForgetBegun begun) {
  Batch batch(database);
  begun.ids.clear();
  mark_unsettled(batch, command, begun);
  return database.commit(batch);
}

struct Taken {
  RedactedBodies bodies;
  std::int64_t lost = 0;  // records that were not meant
};

Result<Taken> take_down(Database& database, const Target& target, const Found& found,
                        const ReplayOptions& reading, std::int64_t at) {
  auto redacted = redact_bodies(database, reading);
  if (!redacted) return tl::unexpected(redacted.error());
  LostRecords lost;
  const auto note = [&](const RecordChange& change) {
    const bool is_meant = target.kind == Target::Kind::kSite ? change.record_id.starts_with(target.site + "/")
                                                             : found.ids.contains(change.record_id);
    if (!is_meant) lost.note(change);
  };
  auto done = derive(database, reading, note);
  if (!done) return tl::unexpected(done.error());
  Taken taken{std::move(*redacted), 0};
  const auto came_back = forget_by_id(database, found.ids, at);
  if (!came_back) return tl::unexpected(came_back.error());
  if (*came_back) {
    auto more = redact_bodies(database, reading);
    if (!more) return tl::unexpected(more.error());
    taken.bodies.pages.merge(more->pages);
    taken.bodies.dictionaries += more->dictionaries;
    done = derive(database, reading, note);
    if (!done) return tl::unexpected(done.error());
  }
  const auto count = lost.count(database);
  if (!count) return tl::unexpected(count.error());
  taken.lost = *count;
  return taken;
}

}  // namespace

Result<ForgetReceipt> forget(Database& database, const Target& target, const ReplayOptions& reading,
                             std::int64_t at, const std::function<Result<void>()>& also) {
  if (is_board(target))
    return fail(
        ErrorKind::kUsage,
        fmt::format("{} is a board, which cannot be forgotten; name a post, a thread or an article by its "
                    "id, an author (--site HOST --author NAME) or a site (--site HOST)",
                    target.name));
  auto found = find(database, target);
  if (!found) return tl::unexpected(found.error());
  const std::string command = forget_command(target);
  auto begun = begun_before(database, command);
  if (!begun) return tl::unexpected(begun.error());
  found->ids.insert(begun->ids.begin(), begun->ids.end());
  begun->ids.assign(found->ids.begin(), found->ids.end());
  begun->records = std::max(begun->records, found->records);
  begun->had_text_index |= has_text_index(database);
  const auto row = database.get(Family::kForgotten, forgotten_key(target));
  if (!row) return tl::unexpected(row.error());
  if (found->records == 0 && !found->named && !*row)
    return fail(ErrorKind::kNotFound, fmt::format("nothing of {} in the archive; `query` lists what there is",
                                                  target.name.empty() ? target.site : target.name));
  const auto files = files_to_go(database, target, *found);
  if (!files) return tl::unexpected(files.error());
  Batch batch(database);
  mark_unsettled(batch, command, *begun);
  const Forgetting forgetting{at, found->records, found->redaction.hashes()};
  if (!*row) put_forgetting(batch, target, forgetting);
  if (*row && found->records > 0)
    if (auto added = add_forgetting(batch, target, **row, forgetting); !added)
      return tl::unexpected(added.error());
  for (const auto& key : *files) put_forgetting(batch, {Target::Kind::kFile, {}, key}, {at, 0, {}});
  if (auto committed = database.commit(batch); !committed) return tl::unexpected(committed.error());
  if (auto dropped = drop_text_index(database); !dropped) return tl::unexpected(dropped.error());
  const auto taken = take_down(database, target, *found, reading, at);
  const auto merging = is_unsettled(database, kMergeCommand);
  if (!merging) return tl::unexpected(merging.error());
  if (!taken) {
    if (!*merging) (void)take_down_files(database, *files);  // a page that is damaged keeps none of them
    return tl::unexpected(taken.error());
  }
  const auto gone = take_down_files(database, *merging ? nullptr : &*files);
  if (!gone) return tl::unexpected(gone.error());
  if (auto settled = mark_settled(database, kMergeCommand); !settled) return tl::unexpected(settled.error());
  if (auto renewed = renew_text_index(database, begun->had_text_index); !renewed)
    return tl::unexpected(renewed.error());
  if (auto done = also ? also() : Result<void>{}; !done) return tl::unexpected(done.error());
  if (auto cleared = clear_ids(database, command, *begun); !cleared) return tl::unexpected(cleared.error());
  if (auto compacted = database.compact(); !compacted) return tl::unexpected(compacted.error());
  if (auto settled = mark_settled(database, command); !settled) return tl::unexpected(settled.error());
  return ForgetReceipt{begun->records, *gone, static_cast<std::int64_t>(taken->bodies.pages.size()),
                       taken->bodies.dictionaries, taken->lost};
}

}  // namespace boardwalk::store
