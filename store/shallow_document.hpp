// JSON of the archive's rows, and of files beside it, as RapidJSON reads it, but no deeper than any of these
// nests: damaged bytes must not nest us to death. For .cpp files alone: RapidJSON is large.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>

#include <string_view>

namespace boardwalk::store {

class ShallowDocument : public rapidjson::Document {
 public:
  using rapidjson::Document::Document;

  // Once. False, and null, when it is no JSON or nests deeper than 64 levels.
  bool parse(std::string_view json) {
    rapidjson::MemoryStream bytes(json.data(), json.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
    return read<rapidjson::kParseDefaultFlags>(stream, *this);
  }

  // What the reader tells.
  bool StartObject() { return ++depth_ <= kDeepest && rapidjson::Document::StartObject(); }
  bool StartArray() { return ++depth_ <= kDeepest && rapidjson::Document::StartArray(); }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    return rapidjson::Document::EndObject(members);
  }
  bool EndArray(rapidjson::SizeType values) {
    --depth_;
    return rapidjson::Document::EndArray(values);
  }

 protected:
  // `self` is this document, as what it is: the reader tells that what stands in the stream.
  template <unsigned kFlags, typename Stream, typename Self>
  bool read(Stream& stream, Self& self) {
    bool whole = false;
    auto told = [&](rapidjson::Document&) {
      return whole = !rapidjson::Reader().Parse<kFlags>(stream, self).IsError();
    };
    Populate(told);
    return whole;
  }

 private:
  static constexpr int kDeepest = 64;
  int depth_ = 0;
};

}  // namespace boardwalk::store
