namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>
/// A synthetic recording: vowels of two formants each, rising and falling tones, and silence, with noise. A single frame does not show whether a tone rises or
/// falls: that takes the frames before and after it.
/// </summary>
/// <param name="Samples">The sound pressure, <see cref="Rate"/> values per second.</param>
/// <param name="Sounds">The sound at each of these samples.</param>
internal sealed record Recording(double[] Samples, string[] Sounds)
{
    public const int Rate = 8000;

    private const double Noise = 0.25, FormantWidth = 90;

    // The first two formants of a voice that says a, i or u (Peterson and Barney, 1952).
    private static readonly Dictionary<string, double[]> Formants = new() { ["a"] = [730, 1090], ["i"] = [270, 2290], ["u"] = [300, 870] };

    /// <summary>All sounds, each with its character in a line of text.</summary>
    public static IReadOnlyDictionary<string, char> Signs { get; } = new Dictionary<string, char>
    {
        ["silence"] = '.',
        ["a"] = 'a',
        ["i"] = 'i',
        ["u"] = 'u',
        ["rising"] = '/',
        ["falling"] = '\\',
    };

    public static Recording Make(Random random, double seconds)
    {
        var (samples, sounds) = (new double[(int)(seconds * Rate)], new string[(int)(seconds * Rate)]);
        for (int at = 0; at < samples.Length;)
        {
            string sound = Signs.Keys.ElementAt(random.Next(Signs.Count));
            int length = Math.Min((int)((0.12 + 0.25 * random.NextDouble()) * Rate), samples.Length - at);
            double low = 90 + 130 * random.NextDouble(), high = low + 700, phase = 0;
            for (int i = 0; i < length; i++)
            {
                double share = (double)i / length;
                double pitch = sound switch { "rising" => low + share * (high - low), "falling" => high - share * (high - low), _ => low };
                phase += 2 * Math.PI * pitch / Rate;
                double voice = sound == "silence" ? 0 : Formants.TryGetValue(sound, out double[]? formants) ? Vowel(formants, pitch, phase) : Math.Sin(phase);
                samples[at + i] = voice + Noise * (2 * random.NextDouble() - 1);
            }
            Array.Fill(sounds, sound, at, length);
            at += length;
        }
        return new Recording(samples, sounds);
    }

    /// <summary>Returns the sum of the harmonics of a voice, amplified near the formants.</summary>
    private static double Vowel(double[] formants, double pitch, double phase)
    {
        double sum = 0;
        for (int k = 1; k * pitch < Rate / 2.0; k++)
            foreach (double formant in formants) sum += Math.Sin(k * phase) / (1 + Math.Pow((k * pitch - formant) / FormantWidth, 2));
        return sum;
    }
}
