using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>
/// Sound as frames: for every hundredth of a second the logarithm of the energy in sixteen frequency bands, within a window of 32 milliseconds.
/// </summary>
internal static class BandEnergies
{
    public const int FrameSize = 16, Hop = Recording.Rate / 100;
    private const int Window = 256, Bins = Window / 2, BinsOfBand = Bins / FrameSize;

    // The factors of the discrete Fourier transform.
    private static readonly double[] Cosine = [.. Enumerable.Range(0, Window).Select(i => Math.Cos(2 * Math.PI * i / Window))];
    private static readonly double[] Sine = [.. Enumerable.Range(0, Window).Select(i => Math.Sin(2 * Math.PI * i / Window))];

    public static TaggedFrames Of(Recording recording)
    {
        int count = (recording.Samples.Length - Window) / Hop + 1;
        var frames = new TaggedFrames { Steps = new float[count * FrameSize], Label = new string[count] };
        for (int t = 0; t < count; t++)
        {
            for (int band = 0; band < FrameSize; band++)
            {
                IEnumerable<int> bins = Enumerable.Range(band * BinsOfBand, BinsOfBand);
                frames.Steps[t * FrameSize + band] = (float)Math.Log(bins.Sum(bin => Energy(recording.Samples.AsSpan(t * Hop, Window), bin)) + 1e-6);
            }
            frames.Label[t] = recording.Sounds[t * Hop + Window / 2];
        }
        return frames;
    }

    /// <summary>Returns the energy of one frequency of the discrete Fourier transform, with a Hann window.</summary>
    private static double Energy(ReadOnlySpan<double> samples, int bin)
    {
        double real = 0, imaginary = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double sample = samples[i] * (0.5 - 0.5 * Cosine[i]);
            real += sample * Cosine[bin * i % Window];
            imaginary += sample * Sine[bin * i % Window];
        }
        return real * real + imaginary * imaginary;
    }
}
