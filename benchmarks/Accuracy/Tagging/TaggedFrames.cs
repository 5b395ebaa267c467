using System.Globalization;

namespace MlNetRnn.Accuracy.Tagging;

/// <summary>Data sets with a label for each frame.</summary>
internal static class TaggedFrames
{
    private const int BitsPerLetter = 128;

    public static TaggedSet Letters(DirectoryInfo root) => new(Words(root, "ocr_letters/train_struct.txt"), null, Words(root, "ocr_letters/test_struct.txt"))
    {
        FrameSize = BitsPerLetter,
        Nature = ["Network.Dependency=Crf"],
    };

    public static TaggedSet Minutes(DirectoryInfo root)
    {
        return new TaggedSet(Part("datatraining"), null, [.. Part("datatest"), .. Part("datatest2")]) { FrameSize = 5 };

        List<Sentence> Part(string name) => Pieces(
            DataSets.Read(root, $"occupancy/{name}.txt").Skip(1).Select(line => line.Split(',')),
            fields => fields[2..7].Select(Number), fields => fields[7], 120);
    }

    public static TaggedSet Gestures(DirectoryInfo root)
    {
        string[][] rows = [.. DataSets.Read(root, "gesture_phase/a1_va3.csv").Select(line => line.Split(','))];
        int train = rows.Length * 7 / 10;
        List<Sentence> Part(IEnumerable<string[]> part) => Pieces(part, fields => fields[..32].Select(Number), fields => fields[32], 60);
        return new TaggedSet(Part(rows[..train]), null, Part(rows[train..])) { FrameSize = 32 };
    }

    public static TaggedSet Chorales(DirectoryInfo root)
    {
        IEnumerable<string> lines = DataSets.Read(root, "bach_harmony/jsbach_chorals_harmony.data").Skip(1);
        string[][] rows = [.. lines.Select(line => line.Split(',').Select(field => field.Trim()).ToArray())];
        string[] basses = [.. rows.Select(row => row[14]).Distinct().Order(StringComparer.Ordinal)];
        IEnumerable<float> Frame(string[] row) =>
            [.. row[2..14].Select(flag => flag == "YES" ? 1f : 0), .. basses.Select(bass => bass == row[14] ? 1f : 0), Number(row[15])];
        Sentence[] chorales =
        [
            .. rows.GroupBy(row => row[0])
                .Select(chorale => new Sentence { Frames = [.. chorale.SelectMany(Frame)], Label = [.. chorale.Select(row => row[16])] }),
        ];
        new Random(1).Shuffle(chorales);
        return new TaggedSet(chorales[12..], null, chorales[..12]) { FrameSize = 13 + basses.Length };
    }

    /// <summary>Reads words of letters: the letter's number, the word's number, and the bits that are set as BIT:1.</summary>
    private static List<Sentence> Words(DirectoryInfo root, string file)
    {
        var words = new List<Sentence>();
        foreach (var word in DataSets.Read(root, file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(fields => fields[1]))
        {
            var frames = new float[word.Count() * BitsPerLetter];
            foreach ((string[] fields, int t) in word.Select((fields, t) => (fields, t)))
                foreach (string field in fields.Skip(2)) frames[t * BitsPerLetter + Integer(field[..field.IndexOf(':')]) - 1] = 1;
            words.Add(new Sentence { Frames = frames, Label = [.. word.Select(fields => ((char)('a' + Integer(fields[0]) - 1)).ToString())] });
        }
        return words;
    }

    private static List<Sentence> Pieces(
        IEnumerable<string[]> rows, Func<string[], IEnumerable<float>> frame, Func<string[], string> label, int size) =>
        [.. rows.Chunk(size).Select(piece => new Sentence { Frames = [.. piece.SelectMany(frame)], Label = [.. piece.Select(label)] })];

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
