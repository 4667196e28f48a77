#include "pipeline/extract/addresses.h"

#include <string>

#include "base/text/html_entities.h"

namespace freshet::pipeline {

using std::string_view;

Span find_address(string_view text, std::size_t from) {
  for (std::size_t at = text.find("http", from); at != string_view::npos;
       at = text.find("http", at + 4)) {
    const string_view rest = text.substr(at);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) continue;
    string_view address = rest.substr(0, rest.find_first_of(" \t\r\n<>\"'`|"));
    while (!address.empty() && string_view(".,;:!?)]}").find(address.back()) != string_view::npos)
      address.remove_suffix(1);
    return {at, at + address.size()};
  }
  return {text.size(), text.size()};
}

void add_text_with_addresses(HtmlTree& tree, string_view text, std::size_t begin) {
  const auto add = [&](std::size_t from, std::size_t to) {
    if (from == to) return;
    tree.add_text(decode_entities(text.substr(from, to - from)), begin + from, begin + to);
  };
  for (std::size_t at = 0; at < text.size();) {
    const Span address = find_address(text, at);
    add(at, address.begin);
    if (address.end > address.begin) {
      const string_view target = text.substr(address.begin, address.end - address.begin);
      tree.open("a", {{"href", decode_entities(target)}}, begin + address.begin);
      add(address.begin, address.end);
      tree.close(begin + address.end);
    }
    at = address.end;
  }
}

}  // namespace freshet::pipeline
