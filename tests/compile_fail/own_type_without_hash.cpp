// expect: needs operator== and std::hash
#include <cogent/cogent.h>
using namespace cogent;

struct Settings {
  int width;
};
void call(std::span<int> out) {
  GeneratedFunction function(
      "f", [](GeneratedCodeBlock&, Settings settings, Out<int> result) { result[0] = settings.width; });
  function(Settings{3}, out);
}
