// Threads as mail threads in one mailbox (mboxrd, RFC 4155): a post is a message, answers refer to the post
// that they quote, else to the opening post. Nothing is made up but what mail cannot be without: addresses
// end in `.invalid` (RFC 2606). A post without a time has no Date.
//
//   Message-ID   <post.PID@SITE>, <article.HEX@SITE>; <thread.TID@SITE> stands for an opening post that the
//                archive does not have
//   From         the author's name, with the author's id on the site as address: <ID@SITE.invalid>
//   List-Id      the board
//   Archived-At  the page that the post was read from (RFC 5064)
//   X-Boardwalk-Id, -Duplicate-Of, -Date-Precision, -Edited: the record's id and those fields
#pragma once

#include "store/export/readings.hpp"

namespace boardwalk::store {

class Mbox : public ReadingFormat {
 public:
  explicit Mbox(Write write) : write_(std::move(write)) {}
  [[nodiscard]] bool add(const ThreadReading& reading) override;
  [[nodiscard]] bool add(const ArticleReading& reading) override;

 private:
  Write write_;
};

}  // namespace boardwalk::store
