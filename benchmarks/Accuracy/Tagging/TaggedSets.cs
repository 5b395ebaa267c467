using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlNetRnn.Accuracy.Tagging;

/// <summary>The tagged data sets by name. An additional data set is one line here.</summary>
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
        ["conll2000"] = Chunks,
        // The same with its parts of speech as an additional column
        ["conll2000-pos"] = root => Chunks(root) with { Nature = ["""AdditionalColumns=[{"ColumnName":"Pos","EmbeddingSize":16}]"""] },
        // Emerging names in posts: "token TAB tag"
        ["wnut17"] = Posts,
        // The same with the validation part as additional training data
        ["wnut17-both"] = root => WithoutValidation(Posts(root)),
        // Names in an encyclopedia: "token TAB tag"
        ["wikiann"] = root => Split(part => WithoutLanguage(Columns(root, $"wikiann_en/{part}"))),
        // SNIPS: slots of spoken requests of seven intents; its validation part is the test part
        ["snips"] = root => new TaggedSet(Slots(root, "train_*_full.json*"), null, Slots(root, "validate_*.json*")),
        // Handwritten words, 128 bits per letter
        ["ocr"] = TaggedFrames.Letters,
        // Occupancy of a room, one row per minute, in sequences of two hours: temperature, humidity, light, CO2, humidity ratio
        ["occupancy"] = TaggedFrames.Minutes,
        // Phases of gestures in a video, 32 velocities and accelerations per frame, in sequences of 60; the last 30 % are the test part
        ["gesture"] = TaggedFrames.Gestures,
        // Chords of chorales: 12 pitch classes, bass and meter; 12 of 60 chorales are the test part
        ["bach"] = TaggedFrames.Chorales,
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static TaggedSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static TaggedSet Split(Func<string, List<Sentence>> part) => new(part("train"), part("dev"), part("test"));

    private static TaggedSet Chunks(DirectoryInfo root) =>
        new(Columns(root, "conll2000/train.txt", 0, 2, pos: 1), null, Columns(root, "conll2000/test.txt", 0, 2, pos: 1));

    /// <summary>Reads WNUT 2017, whose training part is tokenized differently from the other two parts.</summary>
    private static TaggedSet Posts(DirectoryInfo root) => new(
        Recut(Columns(root, "wnut17/wnut17train.conll")), Columns(root, "wnut17/emerging.dev.conll"), Columns(root, "wnut17/emerging.test.annotated"));

    private static TaggedSet WithoutValidation(TaggedSet set) => set with { Train = [.. set.Train, .. set.Validation!], Validation = null };

    private static List<Sentence> Conllu(DirectoryInfo root, string file)
    {
        IEnumerable<string> lines = DataSets.Read(root, file).Where(line => !line.StartsWith('#'));
        return
        [
            .. from block in Blocks(lines)
               let words = block.Select(line => line.Split('\t')).Where(fields => fields[0].All(char.IsAsciiDigit)).ToArray()
               select new Sentence { Tokens = [.. words.Select(word => word[1])], Label = [.. words.Select(word => word[3])] },
        ];
    }

    private static List<Sentence> Columns(DirectoryInfo root, string file, int token = 0, int tag = 1, int? pos = null) =>
    [
        .. from block in Blocks(DataSets.Read(root, file))
           let words = block.Select(line => line.Split(line.Contains('\t') ? '\t' : ' ')).ToArray()
           select new Sentence
           {
               Tokens = [.. words.Select(word => word[token])],
               Label = [.. words.Select(word => word[tag])],
               Pos = pos is { } p ? [.. words.Select(word => word[p])] : [],
           },
    ];

    private static List<Sentence> WithoutLanguage(List<Sentence> sentences)
    {
        foreach (Sentence sentence in sentences) sentence.Tokens = [.. sentence.Tokens.Select(token => token[(token.IndexOf(':') + 1)..])];
        return sentences;
    }

    /// <summary>
    /// Splits the tokens as in WNUT's validation and test parts: links, runs of letters with hyphens between them, runs of digits, and single other
    /// characters. "@name" becomes "@" and "name"; "I'm" becomes "I", "'" and "m". As in those parts, the mark before a word is outside its span.
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
            string path = Path.GetRelativePath(root.FullName, file).Replace(".gz", "");
            using JsonDocument json = JsonDocument.Parse(string.Join('\n', DataSets.Read(root, path)));
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
