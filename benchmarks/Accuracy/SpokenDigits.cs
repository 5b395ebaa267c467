using System.Buffers.Binary;
using System.IO.Compression;

namespace MlNetRnn.Accuracy;

/// <summary>
/// The Free Spoken Digit Dataset as sequences of spectral features: for each 10 ms, the logarithm of the energy in bands of equal width on the mel
/// scale, over a window of 25 ms.
/// </summary>
internal static class SpokenDigits
{
    public const int FrameSize = 20;
    private const int Rate = 8000, Hop = Rate / 100, Window = Rate / 40, Bins = Window / 2 + 1;
    private static readonly double[,] Cosine = Table(Math.Cos), Sine = Table(Math.Sin), Bands = MelBands();

    public static DataSet Load(string zip)
    {
        using ZipArchive archive = ZipFile.OpenRead(zip);
        var (train, test) = (new List<Example>(), new List<Example>());
        IEnumerable<ZipArchiveEntry> recordings = archive.Entries.Where(entry => entry.Name.EndsWith(".wav", StringComparison.Ordinal));
        foreach (ZipArchiveEntry entry in recordings.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string[] parts = Path.GetFileNameWithoutExtension(entry.Name).Split('_');       // DIGIT_SPEAKER_TAKE
            float[] frames = Frames(Samples(entry));
            (int.Parse(parts[2]) < 5 ? test : train).Add(new Example { Label = parts[0], Frames = frames, Summary = Summary(frames) });
        }
        return new DataSet(train, null, test) { Nature = [$"FrameSize={FrameSize}", "InputColumnName=Frames"] };
    }

    /// <summary>Reads the samples from the chunk "data" of a file with 16-bit mono PCM.</summary>
    private static double[] Samples(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        ReadOnlySpan<byte> bytes = copy.ToArray();
        int at = 12;
        while (!bytes[at..].StartsWith("data"u8)) at += 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
        var samples = new double[Math.Min(BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]), bytes.Length - at - 8) / 2];
        for (int i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(at + 8 + 2 * i)..]) / 32768.0;
        return samples;
    }

    private static float[] Frames(double[] samples)
    {
        int count = Math.Max(1, (samples.Length - Window) / Hop + 1);
        var frames = new float[count * FrameSize];
        var energy = new double[Bins];
        for (int t = 0; t < count; t++)
        {
            for (int k = 0; k < Bins; k++)
            {
                double real = 0, imaginary = 0;
                for (int i = 0; i < Window && t * Hop + i < samples.Length; i++)
                {
                    real += samples[t * Hop + i] * Cosine[k, i];
                    imaginary += samples[t * Hop + i] * Sine[k, i];
                }
                energy[k] = real * real + imaginary * imaginary;
            }
            for (int band = 0; band < FrameSize; band++)
            {
                double sum = 0;
                for (int k = 0; k < Bins; k++) sum += Bands[band, k] * energy[k];
                frames[t * FrameSize + band] = (float)Math.Log(sum + 1e-6);
            }
        }
        return frames;
    }

    private static float[] Summary(float[] frames)
    {
        var summary = new float[2 * FrameSize];
        for (int band = 0; band < FrameSize; band++)
        {
            float[] values = [.. frames.Where((_, i) => i % FrameSize == band)];
            float mean = values.Average();
            (summary[band], summary[FrameSize + band]) = (mean, MathF.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        }
        return summary;
    }

    /// <summary>Returns the factors of a discrete Fourier transform with a Hamming window.</summary>
    private static double[,] Table(Func<double, double> wave)
    {
        var table = new double[Bins, Window];
        for (int k = 0; k < Bins; k++)
            for (int i = 0; i < Window; i++) table[k, i] = wave(2 * Math.PI * k * i / Window) * (0.54 - 0.46 * Math.Cos(2 * Math.PI * i / (Window - 1)));
        return table;
    }

    /// <summary>Returns triangular bands of equal width in mel, which overlap by half.</summary>
    private static double[,] MelBands()
    {
        static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);
        var bands = new double[FrameSize, Bins];
        double width = Mel(Rate / 2.0) / (FrameSize + 1);
        for (int band = 0; band < FrameSize; band++)
            for (int k = 0; k < Bins; k++) bands[band, k] = Math.Max(0, 1 - Math.Abs(Mel((double)k * Rate / Window) / width - band - 1));
        return bands;
    }
}
