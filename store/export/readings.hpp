// What formats for reading are made of: threads, whole and in reading order, and articles. A thread is taken
// when its record or one of its posts passes the filters; then all of its posts are, copies too, as a
// conversation has no holes.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/records.hpp"
#include "store/export/pseudonyms.hpp"
#include "store/export/records.hpp"

namespace boardwalk::store {

struct ThreadReading {
  parsers::Thread thread;            // made of its posts when the archive has no record of it
  std::vector<parsers::Post> posts;  // by floor
  std::map<std::string, std::vector<parsers::Post>> versions;  // superseded, oldest first, by post id
};

struct ArticleReading {
  parsers::Article article;
  std::vector<parsers::Article> versions;  // superseded, oldest first
};

// What readings are written as. All calls come from one thread; false ends the export: nothing more can be
// written.
class ReadingFormat {
 public:
  virtual ~ReadingFormat() = default;
  [[nodiscard]] virtual bool add(const ThreadReading& reading) = 0;
  [[nodiscard]] virtual bool add(const ArticleReading& reading) = 0;
};

class Readings {
 public:
  // Looks for the threads. `pseudonyms` may be nullptr; all arguments must outlive this.
  [[nodiscard]] static Result<Readings> choose(const Database& database, const Selection& selection,
                                               const Pseudonyms* pseudonyms);

  [[nodiscard]] bool has_thread(const std::string& site, const std::string& thread_id) const;
  [[nodiscard]] std::size_t threads() const;

  // By site and id, until `each` returns false. Versions are there when the selection wants the history.
  // Articles that are copies are left out when they are not wanted, and counted.
  [[nodiscard]] Result<void> for_each_thread(const std::function<bool(ThreadReading&)>& each) const;
  [[nodiscard]] Result<void> for_each_article(ExportCounts& counts,
                                              const std::function<bool(ArticleReading&)>& each) const;

 private:
  struct ById {
    bool operator()(const std::string& a, const std::string& b) const {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
  };

  Readings(const Database& database, const Selection& selection, const Pseudonyms* pseudonyms)
      : database_(database), selection_(selection), pseudonyms_(pseudonyms) {}
  [[nodiscard]] Result<void> find();
  [[nodiscard]] Result<ThreadReading> read(const std::string& site, const std::string& thread_id) const;
  [[nodiscard]] Result<void> add_versions(ThreadReading& reading) const;
  void hide_names(ThreadReading& reading) const;

  const Database& database_;
  const Selection& selection_;
  const Pseudonyms* pseudonyms_;
  std::map<std::string, std::set<std::string, ById>> chosen_;  // thread ids by site
};

// Threads, then articles. `counts` may be read at any time during the export.
[[nodiscard]] Result<void> export_readings(const Readings& readings, ReadingFormat& format,
                                           ExportCounts& counts);

}  // namespace boardwalk::store
