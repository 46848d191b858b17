// What an export has printed so far, so that the next one prints only what is new: a file with a row for each
// record, in the order of the export, that names it and the digest of its line. A record is news when it has
// no row, or when its line differs from the one printed last in more than what lasting_json() drops: when,
// where and by which parser it was read (of an article's parts their URLs count), and counters of views and
// downloads. Nothing in the archive knows of
// cursors: one that was restored, merged or read anew gives what differs, no more and no less.
//
// A record that was printed and has become a copy since, of which copies are left out, is printed once more
// with its `duplicate_of`.
//
// The file: a line of JSON (what is exported, and the names of the export that it goes with), then packed
// rows (bytes shared with the key before, the rest of the key, 16 digits of the digest); keys are those of
// `records` behind the place of their kind in kKinds.
//
// When the export and its manifest stand on the disk under temporary names, the new cursor waits as
// `NAME.next`; then the export takes its name, the manifest, and last the cursor. One that still waits was cut
// off. It holds when the export has its name: the manifest, which alone tells what is gone, then gets its own
// name, too. In any doubt it is void, and what the export had is printed again: that is right, if longer,
// while what is never printed is lost.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "store/export/output_file.hpp"
#include "store/query.hpp"

namespace boardwalk::store {

class Cursor {
 public:
  // What the temporary name of an export with this cursor ends with, which no other's does: exports take away
  // what others have left, and a file that is gone would be taken for one that has its name.
  [[nodiscard]] static std::string ending(const std::string& name);

  // Takes up what an export that was cut off has left behind. To be called before the next one opens its
  // files, whose temporary names may be the same, and which take away what is still there.
  static void settle(const std::string& name);

  // What the export and its manifest are called until they have their names, with ending(), and then.
  struct Names {
    std::string temporary, file;
    std::string manifest_temporary, manifest;
  };
  [[nodiscard]] static Names names_of(const OutputFile& file, const OutputFile& manifest);

  // `choice` says what is exported: kUsage when the file was written for another one, kDamaged when it is no
  // cursor. An absent file is a cursor at the beginning.
  [[nodiscard]] static Result<Cursor> open(const std::string& name, const std::string& choice,
                                           const Names& names);
  ~Cursor();
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) = delete;

  // REQUIRES: rows come in the order of the export, each once.
  [[nodiscard]] bool has_printed(const Row& row);
  // Keeps the record for the next cursor. True when its line is to be printed. REQUIRES: has_printed(row) was
  // asked just before.
  [[nodiscard]] bool is_news(const Row& row);

  // All rows were shown. `database` is what was exported.
  [[nodiscard]] Result<void> finish(const Database& database);
  // After it, ids of records that were printed once: those that are no longer in the archive, and those that
  // are there but were not chosen this time. A post that has moved to another thread and was printed anew
  // from there is in neither.
  [[nodiscard]] const std::vector<std::string>& gone() const;
  [[nodiscard]] const std::vector<std::string>& left() const;
  // REQUIRES: finish() went well, and the export and its manifest are sealed. The new cursor stands as
  // NAME.next.
  [[nodiscard]] Result<void> seal();
  // The export and its manifest have their names: the new cursor takes its own.
  [[nodiscard]] Result<void> publish();

 private:
  struct State;
  explicit Cursor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The digits of the digest that tells whether a record's line is news.
[[nodiscard]] std::string news_digest(std::string_view json);

}  // namespace boardwalk::store
