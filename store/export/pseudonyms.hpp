// Names that cannot be read back, for records that are shared: HMAC-SHA-256 (RFC 2104) of the site and the
// name under a secret key. The same name on the same site has the same pseudonym in every export made with
// that key, and another one on another site. Touched are the fields that name people; in texts the
// mentions (`@name`) that the record lists, in quotes and comments whatever follows an `@` up to a blank, of 45
// bytes at most.
// Links to profiles, and of an article those whose words are one of its names, are left out of `links`.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "parsers/records.hpp"
#include "store/export/records.hpp"

namespace boardwalk::store {

class Pseudonyms {
 public:
  // The key: the bytes of a file, at least 16 of them, white space at its end aside. kUsage otherwise.
  [[nodiscard]] static Result<Pseudonyms> from_file(const std::string& name);
  explicit Pseudonyms(std::string key) : key_(std::move(key)) {}

  // `u_` and 16 hexadecimal digits.
  [[nodiscard]] std::string name(std::string_view site, std::string_view author) const;
  [[nodiscard]] std::string id(std::string_view site, std::string_view author_id) const;

  void hide(parsers::Thread& thread) const;
  void hide(parsers::Post& post) const;
  void hide(parsers::Article& article) const;

 private:
  [[nodiscard]] std::string digest(std::string_view what, std::string_view site, std::string_view text) const;
  void hide_name(std::string_view site, parsers::OptionalString& name) const;
  void hide_id(std::string_view site, parsers::OptionalString& id) const;
  [[nodiscard]] std::string with_mentions_hidden(std::string_view site, const std::string& text,
                                                 const std::set<std::string, std::less<>>& names) const;
  [[nodiscard]] std::string with_any_hidden(std::string_view site, const std::string& text,
                                            const std::vector<std::string>& mentions) const;
  void hide_mentions(parsers::Post& post) const;

  std::string key_;
};

// Hands records on with their names hidden. A record that is none ends the export as if nothing more could be
// written; `error()` then tells which.
class PseudonymousRecords : public RecordFormat {
 public:
  PseudonymousRecords(const Pseudonyms& pseudonyms, RecordFormat& next)
      : pseudonyms_(pseudonyms), next_(next) {}
  [[nodiscard]] bool add(RecordKind kind, std::string_view json) override;
  [[nodiscard]] const Result<void>& error() const { return error_; }

 private:
  const Pseudonyms& pseudonyms_;
  RecordFormat& next_;
  Result<void> error_;
};

}  // namespace boardwalk::store
