#include "tests/bench/bench_post.hpp"

#include "parsers/digest.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::bench {
namespace {

constexpr int kPostsOfThread = 20;

}  // namespace

parsers::Post bench_post(int number) {
  sample::Dice dice(7, number);
  parsers::Post post;
  post.site = "bbs.test";
  post.software = "Discuz! X3.4";
  post.board = {std::to_string(number % 40), "渡口"};
  post.thread_id = std::to_string(number / kPostsOfThread);
  post.thread_title = sample::thread_title(dice);
  post.post_id = std::to_string(number);
  post.floor = number % kPostsOfThread + 1;
  post.author = sample::member_name(dice.below(5000));
  post.author_id = std::to_string(dice.below(5000));
  post.posted_at = parsers::make_moment(2024, 5, 1 + number % 28, 8, 0, 0, parsers::Precision::kMinute, 480);
  post.text = sample::sentences(dice, dice.between(1, 4));
  post.text_sha256 = post.fold_sha256 = parsers::sha256_hex(post.text);
  post.seen = {1, 1700000000 + number, 1700000000 + number, std::nullopt};
  post.page = {"http://bbs.test/thread-" + *post.thread_id + "-1-1.html", 1700000000 + number,
               parsers::sha256_hex(*post.thread_id)};
  post.parser = "discuz/1";
  return post;
}

}  // namespace boardwalk::bench
