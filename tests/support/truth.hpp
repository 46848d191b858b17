// The model as the forum's database would tell it, for score tools: boards, threads, posts, comments and
// attachments, a JSON object a line each. What guests cannot see is there too, with `guest_visible` false.
#pragma once

#include <filesystem>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

// Writes {boards,threads,posts,comments,attachments}.jsonl and articles.jsonl into `directory`, which is made
// when it is missing. Throws std::runtime_error naming the file that cannot be written.
void write_truth(const Model& model, const std::filesystem::path& directory);

}  // namespace boardwalk::sample
