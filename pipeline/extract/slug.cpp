#include "pipeline/extract/slug.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

bool stays_in_slug(UChar32 character) {
  constexpr std::uint32_t kKept = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK | U_GC_PC_MASK;
  return character == '-' || (U_MASK(u_charType(character)) & kKept) != 0;
}

}  // namespace

std::string github_slug(std::string_view heading) {
  std::string slug;
  for (std::size_t at = 0; at < heading.size();) {
    const CodePoint point = decode_utf8(heading.substr(at));
    at += point.length;
    const auto character = static_cast<UChar32>(point.value);
    if (character == ' ') {
      slug += '-';
    } else if (point.valid && stays_in_slug(character)) {
      append_utf8(slug, static_cast<char32_t>(u_tolower(character)));
    }
  }
  return slug;
}

std::string Anchors::next(std::string_view heading, std::string_view explicit_id) {
  if (!explicit_id.empty()) {
    used_.try_emplace(std::string(explicit_id), 0);
    return std::string(explicit_id);
  }
  const std::string slug = github_slug(heading);
  std::string anchor = slug;
  std::size_t repeats = used_.contains(slug) ? used_[slug] : 0;
  while (used_.contains(anchor)) anchor = slug + '-' + std::to_string(++repeats);
  used_[slug] = repeats;
  used_.try_emplace(anchor, 0);
  return anchor;
}

std::string WikiFragments::next(std::string_view heading) {
  std::string fragment(heading);
  std::replace_if(
      fragment.begin(), fragment.end(), [](char c) { return is_blank(c); }, rule_.space);
  const std::size_t earlier = used_[fragment]++;
  if (earlier == 0) return fragment;
  return fragment + rule_.repeat + std::to_string(rule_.first + earlier - 1);
}

}  // namespace freshet::pipeline
