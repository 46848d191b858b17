// What the first post of a special thread holds beside its words, read into the thread: `special` names the
// kind, a poll goes to `poll`, everything else to `special_fields` in page order.
//
// clang-format off
//   kind      fields
//   poll      (Thread::poll; `participants` the voters)
//   reward    price `20 金钱`, solved `true|false`, best_answer_by, best_answer_post
//   debate    affirmative, affirmative_votes, negative, negative_votes, affirmative_debaters, negative_debaters
//   trade     per article goods, goods_post, price, list_price, then the labels that the page prints
//   activity  the labels that the page prints (活动类型, 开始时间, …); `participants` the applicants
//   分类信息   `sort` its name; the labels of its table. Such a thread may be of any kind or of none.
// clang-format on
//
// X has a box with a class for each kind. Around the words of 6.x and 7.x, lines of labels and values tell
// the kind: an activity by `活动类型`, goods by `商品数量` and their like, a reward by `悬赏价格`, a debate
// by `正方观点` and `反方观点`.
//
// What counts down (`剩余时间: 29天23小时`) is left out, as it differs at every fetch; a poll's end is worked
// out from it.
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// `thread.created_at`, where known, lets the end of a poll be told to the second, as polls run whole days.
void read_special(const Context& context, const PostParts& first, Thread& thread);

}  // namespace boardwalk::parsers::discuz
