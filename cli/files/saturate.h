// Samples of one type as another: rounded half to even, values beyond its ends become the ends.
#pragma once
#include <cogent/image/picture.h>

namespace cogent::cli {

/// What a kind of file takes besides u8.
struct FileSamples {
  bool u16 = false, s16 = false, f32 = false;
  bool alpha = true;
};

/// The type in which results are stored for an input of that type: u8 and u16 as they are, others as the input, if the
/// file takes it; else as the most of u16 and u8 that it takes.
image::SampleType stored_type(image::SampleType result, image::SampleType input, FileSamples takes);
/// What floats are multiplied by to be stored as that type: those of a picture of floats have their white at 1, those
/// computed from whole numbers are on the scale of these.
float scale_of_floats(image::SampleType input, image::SampleType stored);
/// Writes the samples, rows without gaps, as u8, u16, s16 or f32. u16 becomes u8 by its upper byte, rounded. NaN
/// becomes 0.
void convert_samples(const image::ConstPixels& pixels, image::SampleType type, void* result, float scale_of_floats = 1);

}  // namespace cogent::cli
