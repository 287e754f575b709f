// Samples of one type as another: rounded half to even, values beyond its ends become the ends.
#pragma once
#include <cogent/image/picture.h>

namespace cogent::cli {

/// The type in which results are stored for an input of that type: u8 and u16 as they are, wider and signed ones as the
/// input, floats too unless the file takes floats.
image::SampleType stored_type(image::SampleType result, image::SampleType input, bool file_takes_16_bits,
                              bool file_takes_floats);
/// Writes the samples, rows without gaps, as u8, u16 or f32. u16 becomes u8 by its upper byte, rounded. NaN becomes 0.
void convert_samples(const image::ConstPixels& pixels, image::SampleType type, void* result);

}  // namespace cogent::cli
