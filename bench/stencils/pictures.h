// Filters of pictures that do not consist of bytes.
#pragma once

namespace bench {

// Dense windows over floats and 16 bits beside memcpy, which reads and writes as many bytes. False: a result is wrong.
bool measure_pictures();

}  // namespace bench
