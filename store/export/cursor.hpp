// What an export has printed so far, so that the next one prints only what is new: a file with a row for each
// record, in the order of the export, that names it and the digest of its line. A record is news when it has
// no row, or when its line differs from the one printed last in more than what lasting_json() drops: when,
// where and by which parser it was read, and counters of views and downloads. Nothing in the archive knows of
// cursors: one that was restored, merged or read anew gives what differs, no more and no less.
//
// A record that was printed and has become a copy since, of which copies are left out, is printed once more
// with its `duplicate_of`.
//
// The file: a line of JSON (what is exported, and the temporary name of the export that it goes with), then
// packed rows (bytes shared with the key before, the rest of the key, 16 digits of the digest); keys are
// those of `records` behind the place of their kind in kKinds.
//
// The new cursor waits as `NAME.next` while the export takes its name, and takes its own afterwards. One that
// still waits was cut off: it holds when the export has its name, and is void when that is still temporary.
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
  // file, whose temporary name may be the same, and which takes away what is still there.
  static void settle(const std::string& name);

  // `choice` says what is exported: kUsage when the file was written for another one, kDamaged when it is no
  // cursor. An absent file is a cursor at the beginning. `temporary` is the name under which the export is
  // written, with ending().
  [[nodiscard]] static Result<Cursor> open(const std::string& name, const std::string& choice,
                                           const std::string& temporary);
  ~Cursor();
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) = delete;

  // REQUIRES: rows come in the order of the export, each once.
  [[nodiscard]] bool has_printed(const Row& row);
  // Keeps the record for the next cursor. True when its line is to be printed. REQUIRES: has_printed(row) was
  // asked just before.
  [[nodiscard]] bool is_news(const Row& row);

  // All of the export was written: the new cursor stands as NAME.next. `database` is what was exported.
  [[nodiscard]] Result<void> seal(const Database& database);
  // After it, ids of records that were printed once: those that are no longer in the archive, and those that
  // are there but were not chosen this time. A post that has moved to another thread and was printed anew
  // from there is in neither.
  [[nodiscard]] const std::vector<std::string>& gone() const;
  [[nodiscard]] const std::vector<std::string>& left() const;
  // The export has its name: the new cursor takes its own.
  [[nodiscard]] Result<void> publish();

 private:
  struct State;
  explicit Cursor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The digits of the digest that tells whether a record's line is news.
[[nodiscard]] std::string news_digest(std::string_view json);

}  // namespace boardwalk::store
