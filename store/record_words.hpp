// What a record says in words, and who said it, for whoever looks at each of them, or changes it.
//
// each(words, by): `by` is nullptr where the words are the record's own author's, else who said them; of what a
// quote says each(words, by, quote).
#pragma once

#include <string>
#include <vector>

#include "parsers/records.hpp"

namespace boardwalk::store {

template <typename Each>
void each_words(parsers::Thread& thread, Each&& each) {
  if (thread.title) each(*thread.title, nullptr);
  if (thread.author) each(*thread.author, nullptr);
  if (thread.last_reply_by) each(*thread.last_reply_by, &thread.last_reply_by);
  if (thread.poll)
    for (auto& option : thread.poll->options) each(option.text, nullptr);
  for (auto& [key, value] : thread.special_fields) {
    const parsers::OptionalString name = value;
    each(value, key == parsers::kBestAnswerBy ? &name : nullptr);
  }
}

template <typename Each>
void each_image_and_link(std::vector<parsers::Image>& images, std::vector<parsers::TextLink>& links,
                         Each&& each) {
  for (auto& link : links) each(link.text, nullptr);
  for (auto& image : images) {
    if (image.alt) each(*image.alt, nullptr);
    if (image.caption) each(*image.caption, nullptr);
  }
}

template <typename Each>
void each_words(parsers::Post& post, Each&& each) {
  each(post.text, nullptr);
  if (post.author) each(*post.author, nullptr);
  if (post.edited_by) each(*post.edited_by, &post.edited_by);
  each_image_and_link(post.images, post.links, each);
  each_image_and_link(post.images, post.media, each);
  for (auto& attachment : post.attachments)
    if (attachment.name) each(*attachment.name, nullptr);
  for (auto& quote : post.quotes) {
    const parsers::Quote marked = quote;
    each(quote.text, &marked.author, &marked);
    if (quote.author) each(*quote.author, &quote.author);
  }
  for (auto& comment : post.comments) {
    each(comment.text, &comment.author);
    if (comment.author) each(*comment.author, &comment.author);
  }
  for (auto& rating : post.ratings) {
    if (rating.reason) each(*rating.reason, &rating.by);
    if (rating.by) each(*rating.by, &rating.by);
  }
}

template <typename Each>
void each_words(parsers::Article& article, Each&& each) {
  each(article.text, nullptr);
  if (article.title) each(*article.title, nullptr);
  if (article.subtitle) each(*article.subtitle, nullptr);
  for (auto& author : article.authors) each(author, nullptr);
  if (article.editor) each(*article.editor, &article.editor);
  each_image_and_link(article.images, article.links, each);
}

}  // namespace boardwalk::store
