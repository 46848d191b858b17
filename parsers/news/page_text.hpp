// A news page as the lines that a reader sees, each with the block element it stands in and what it weighs.
// Everything that the readers of body and fields decide, they decide on this; the tree is walked once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/dom.hpp"
#include "parsers/news/noise.hpp"

namespace boardwalk::parsers::news {

// A block element. `parent` is an index into PageText::blocks, -1 for the root; descendants follow in
// document order, so that their lines are [first_line, last_line).
struct Block {
  dom::Node node;
  int parent = -1;
  int first_line = 0;
  int last_line = 0;
  Noise sign = Noise::kNone;  // what its own element, role and names say
  bool noise = false;         // that is believed of it, or of a block around it
};

// Weights count a Chinese character as 1 and a word of another script as 2: about as much said.
struct Line {
  std::string text;  // as text.hpp says
  int block = 0;     // index of the block that it stands in
  int weight = 0;
  int link_weight = 0;    // of it inside links
  int marks = 0;          // commas, stops and their like
  int heading = 0;        // 1–6 inside h1–h6
  bool pictured = false;  // an image stands in it, or between the line before and it
  dom::Node begin;        // its first text that weighs anything
  dom::Node end;          // its last one
};

struct PageText {
  std::vector<Block> blocks;  // [0] is the root
  std::vector<Line> lines;

  // REQUIRES: 0 <= index < as many as there are.
  [[nodiscard]] const Block& block_at(int index) const { return blocks[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const Line& line_at(int index) const { return lines[static_cast<std::size_t>(index)]; }

  [[nodiscard]] bool noise(const Line& line) const { return block_at(line.block).noise; }
};

// Whether classes and ids may make a block noise. Where they are not believed, elements, roles and the names
// of readers' comments still are.
enum class Names { kBelieved, kIgnored };
[[nodiscard]] PageText read_page_text(dom::Node root, Names names = Names::kBelieved);

struct Weight {
  int weight = 0;
  int marks = 0;
};
[[nodiscard]] Weight weigh(std::string_view text);

}  // namespace boardwalk::parsers::news
