// The forum's pages as a guest of a Discuz! X3.4 gets them: its ids, classes, URL spellings and oddities,
// around the model's own words. Each function gives a whole page in UTF-8.
#pragma once

#include <string>

#include "tests/support/markup.hpp"

namespace boardwalk::sample {

struct ThreadView {
  int number = 1;         // of the page; past the end shows the last one, as Discuz does
  int list_page = 1;      // X of thread-T-P-X.html
  int only_author = 0;    // uid: 只看该作者
  bool reversed = false;  // 倒序浏览
};

// `category` 0: all of them.
[[nodiscard]] std::string index_page(const PageContext& page, int category);
[[nodiscard]] std::string board_page(const PageContext& page, const Board& board, int number, int type_id);
[[nodiscard]] std::string thread_page(const PageContext& page, const Thread& thread, const ThreadView& view);

// 提示信息. `script` names the body class.
[[nodiscard]] std::string message_page(const PageContext& page, const std::string& message,
                                       const std::string& script);

// The form before a board with a password.
[[nodiscard]] std::string password_page(const PageContext& page, const Board& board);

// Parts of a thread page.
[[nodiscard]] std::string post_markup(const PageContext& page, const Thread& thread, const Post& post,
                                      const ThreadView& view);
[[nodiscard]] std::string message_markup(const PageContext& page, const Thread& thread, const Post& post);
[[nodiscard]] std::string special_markup(const PageContext& page, const Thread& thread, const Post& first,
                                         const std::string& message);
[[nodiscard]] std::string attachment_markup(const PageContext& page, const Post& post,
                                            const AttachedFile& file);

}  // namespace boardwalk::sample
