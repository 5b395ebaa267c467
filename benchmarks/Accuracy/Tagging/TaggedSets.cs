using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlNetRnn.Accuracy.Tagging;

/// <summary>The one door to the tagged data sets: an additional one is one line here.</summary>
internal static partial class TaggedSets
{
    private static readonly Dictionary<string, Func<DirectoryInfo, TaggedSet>> ByName = new()
    {
        // The sentences of the samples (--data samples/Data): token, part of speech, entity
        ["sentences"] = root => new TaggedSet(Columns(root, "sentences.conll", tag: 2), null, Columns(root, "sentences-test.conll", tag: 2)),
        // Universal Dependencies, universal parts of speech, gold tokens
        ["ewt"] = root => Split(part => Conllu(root, $"ud_english_ewt/en_ewt-ud-{part}.conllu")),
        ["sequoia"] = root => Split(part => Conllu(root, $"ud_french_sequoia/fr_sequoia-ud-{part}.conllu")),
        // CoNLL-2000 chunks: "word POS chunk"
        ["conll2000"] = root => new TaggedSet(Columns(root, "conll2000/train.txt", 0, 2, pos: 1), null, Columns(root, "conll2000/test.txt", 0, 2, pos: 1)),
        // The same with the parts of speech that come with it, as an additional column
        ["conll2000-pos"] = root => new TaggedSet(Columns(root, "conll2000/train.txt", 0, 2, pos: 1), null, Columns(root, "conll2000/test.txt", 0, 2, pos: 1))
        {
            Nature = ["""AdditionalColumns=[{"ColumnName":"Pos","EmbeddingSize":16}]"""],
        },
        // Emerging names in posts, names in an encyclopedia: "token TAB tag". WNUT's training part is cut otherwise than its other two
        ["wnut17"] = root => new TaggedSet(Recut(Columns(root, "wnut17/wnut17train.conll")), Columns(root, "wnut17/emerging.dev.conll"), Columns(root, "wnut17/emerging.test.annotated")),
        // The same, learning from the posts of the validation part too
        ["wnut17-both"] = root => new TaggedSet([.. Recut(Columns(root, "wnut17/wnut17train.conll")), .. Columns(root, "wnut17/emerging.dev.conll")], null, Columns(root, "wnut17/emerging.test.annotated")),
        ["wikiann"] = root => Split(part => WithoutLanguage(Columns(root, $"wikiann_en/{part}"))),
        // SNIPS: slots of spoken requests of seven intents; its validation part is the test
        ["snips"] = root => new TaggedSet(Slots(root, "train_*_full.json*"), null, Slots(root, "validate_*.json*")),
        // Handwritten words, 128 bits a letter
        ["ocr"] = root => new TaggedSet(Letters(root, "ocr_letters/train_struct.txt"), null, Letters(root, "ocr_letters/test_struct.txt")) { FrameSize = 128, Nature = ["Network.Dependency=Crf"] },
        // Whether a room is occupied, a row a minute, in pieces of two hours: temperature, humidity, light, CO2, humidity ratio
        ["occupancy"] = root => new TaggedSet(Minutes(root, "occupancy/datatraining.txt"), null, [.. Minutes(root, "occupancy/datatest.txt"), .. Minutes(root, "occupancy/datatest2.txt")]) { FrameSize = 5 },
        // Phases of gestures in a video, 32 velocities and accelerations a frame, in pieces of 60; the last 30 % of the time are the test
        ["gesture"] = root => Gestures(root),
        // Chords of chorales: 12 pitch classes, bass and meter; 12 of 60 chorales are the test
        ["bach"] = root => Chorales(root),
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static TaggedSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static TaggedSet Split(Func<string, List<Sentence>> part) => new(part("train"), part("dev"), part("test"));

    private static List<Sentence> Conllu(DirectoryInfo root, string file) =>
        [.. Blocks(DataSets.Read(root, file).Where(line => !line.StartsWith('#'))).Select(lines => lines.Select(line => line.Split('\t')).Where(fields => fields[0].All(char.IsAsciiDigit)).ToArray())
            .Select(words => new Sentence { Tokens = [.. words.Select(word => word[1])], Label = [.. words.Select(word => word[3])] })];

    private static List<Sentence> Columns(DirectoryInfo root, string file, int token = 0, int tag = 1, int? pos = null) =>
        [.. Blocks(DataSets.Read(root, file)).Select(lines => lines.Select(line => line.Split(line.Contains('\t') ? '\t' : ' ')).ToArray())
            .Select(words => new Sentence { Tokens = [.. words.Select(word => word[token])], Label = [.. words.Select(word => word[tag])], Pos = pos is { } p ? [.. words.Select(word => word[p])] : [] })];

    private static List<Sentence> WithoutLanguage(List<Sentence> sentences)
    {
        foreach (Sentence sentence in sentences) sentence.Tokens = [.. sentence.Tokens.Select(token => token[(token.IndexOf(':') + 1)..])];
        return sentences;
    }

    /// <summary>
    /// Cuts the tokens as WNUT's validation and test parts are cut: links, runs of letters with hyphens between them, runs of digits, any other character by
    /// itself. "@name" becomes "@" and "name", "I'm" "I", "'" and "m". The mark before a word is outside its span, as it is there.
    /// </summary>
    private static List<Sentence> Recut(List<Sentence> sentences)
    {
        foreach (Sentence sentence in sentences)
        {
            (List<string> tokens, List<string> tags) = ([], []);
            foreach ((string token, string tag) in sentence.Tokens.Zip(sentence.Label))
            {
                bool isBegun = false;
                foreach (string piece in Piece().Matches(token).Select(match => match.Value))
                {
                    bool isOutside = !isBegun && piece is "@" or "#" && piece.Length < token.Length && !tag.StartsWith('I');
                    tokens.Add(piece);
                    tags.Add(isOutside ? "O" : isBegun && tag.StartsWith('B') ? $"I{tag[1..]}" : tag);
                    isBegun |= !isOutside;
                }
            }
            (sentence.Tokens, sentence.Label) = ([.. tokens], [.. tags]);
        }
        return sentences;
    }

    [GeneratedRegex(@"https?://\S+|\p{L}[\p{L}\p{M}]*(?:-[\p{L}\p{M}]*)*|\d+|\p{Cs}{2}|\S")]
    private static partial Regex Piece();

    private static List<Sentence> Slots(DirectoryInfo root, string pattern)
    {
        var sentences = new List<Sentence>();
        foreach (string file in Directory.GetFiles(Path.Combine(root.FullName, "snips"), pattern).Order(StringComparer.Ordinal))
        {
            using JsonDocument json = JsonDocument.Parse(string.Join('\n', DataSets.Read(root, Path.GetRelativePath(root.FullName, file).Replace(".gz", ""))));
            foreach (JsonElement query in json.RootElement.EnumerateObject().First().Value.EnumerateArray())
            {
                (List<string> tokens, List<string> tags) = ([], []);
                foreach (JsonElement piece in query.GetProperty("data").EnumerateArray())
                {
                    string[] words = piece.GetProperty("text").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                    string? slot = piece.TryGetProperty("entity", out JsonElement entity) ? entity.GetString() : null;
                    tokens.AddRange(words);
                    tags.AddRange(words.Select((_, i) => slot is null ? "O" : $"{(i == 0 ? "B" : "I")}-{slot}"));
                }
                if (tokens.Count > 0) sentences.Add(new Sentence { Tokens = [.. tokens], Label = [.. tags] });
            }
        }
        return sentences;
    }

    private static List<Sentence> Letters(DirectoryInfo root, string file)
    {
        var words = new List<Sentence>();
        foreach (var word in DataSets.Read(root, file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(fields => fields[1]))
        {
            var frames = new float[word.Count() * 128];
            foreach ((string[] fields, int t) in word.Select((fields, t) => (fields, t)))
                foreach (string field in fields.Skip(2)) frames[t * 128 + int.Parse(field[..field.IndexOf(':')], CultureInfo.InvariantCulture) - 1] = 1;
            words.Add(new Sentence { Frames = frames, Label = [.. word.Select(fields => ((char)('a' + int.Parse(fields[0], CultureInfo.InvariantCulture) - 1)).ToString())] });
        }
        return words;
    }

    private static List<Sentence> Minutes(DirectoryInfo root, string file) =>
        Pieces(DataSets.Read(root, file).Skip(1).Select(line => line.Split(',')), fields => fields[2..7].Select(Number), fields => fields[7], 120);

    private static TaggedSet Gestures(DirectoryInfo root)
    {
        string[][] rows = [.. DataSets.Read(root, "gesture_phase/a1_va3.csv").Select(line => line.Split(','))];
        int train = rows.Length * 7 / 10;
        List<Sentence> Cut(IEnumerable<string[]> part) => Pieces(part, fields => fields[..32].Select(Number), fields => fields[32], 60);
        return new TaggedSet(Cut(rows[..train]), null, Cut(rows[train..])) { FrameSize = 32 };
    }

    private static TaggedSet Chorales(DirectoryInfo root)
    {
        string[][] rows = [.. DataSets.Read(root, "bach_harmony/jsbach_chorals_harmony.data").Skip(1).Select(line => line.Split(',').Select(field => field.Trim()).ToArray())];
        string[] basses = [.. rows.Select(row => row[14]).Distinct().Order(StringComparer.Ordinal)];
        IEnumerable<float> Frame(string[] row) => [.. row[2..14].Select(flag => flag == "YES" ? 1f : 0), .. basses.Select(bass => bass == row[14] ? 1f : 0), Number(row[15])];
        Sentence[] chorales = [.. rows.GroupBy(row => row[0]).Select(chorale => new Sentence { Frames = [.. chorale.SelectMany(Frame)], Label = [.. chorale.Select(row => row[16])] })];
        new Random(1).Shuffle(chorales);
        return new TaggedSet(chorales[12..], null, chorales[..12]) { FrameSize = 13 + basses.Length };
    }

    private static List<Sentence> Pieces(IEnumerable<string[]> rows, Func<string[], IEnumerable<float>> frame, Func<string[], string> label, int size) =>
        [.. rows.Chunk(size).Select(piece => new Sentence { Frames = [.. piece.SelectMany(frame)], Label = [.. piece.Select(label)] })];

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<List<string>> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        foreach (string line in lines.Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line)) block.Add(line.TrimEnd());
            else if (block.Count > 0)
            {
                yield return block;
                block = [];
            }
        }
    }
}
