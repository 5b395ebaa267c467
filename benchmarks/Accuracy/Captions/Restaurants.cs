using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Captions;

/// <summary>
/// E2E (Novikova et al., 2017): descriptions of restaurants from up to eight attributes. Names of restaurants are replaced by words of their own, because those
/// of the test part are others than those of the training part (delexicalization).
/// </summary>
internal static partial class Restaurants
{
    private const string Name = "xname", Near = "xnear";

    private static readonly string[] Attributes = ["eatType", "food", "priceRange", "customer rating", "area", "familyFriendly"];

    /// <summary>Other wordings of a value; the value itself always counts.</summary>
    private static readonly Dictionary<string, string[]> Wordings = new()
    {
        ["priceRange cheap"] = ["cheap", "low", "inexpensive", "affordable", "budget"],
        ["priceRange moderate"] = ["moderate", "average", "mid", "reasonable", "medium"],
        ["priceRange high"] = ["high", "expensive", "pricey"],
        ["priceRange less than £20"] = ["20", "cheap", "low", "inexpensive", "affordable"],
        ["priceRange £20-25"] = ["20", "25", "moderate"],
        ["priceRange more than £30"] = ["30", "high", "expensive"],
        ["customer rating low"] = ["low", "poor", "bad", "one", "1"],
        ["customer rating average"] = ["average", "decent", "three", "3", "mediocre", "moderate"],
        ["customer rating high"] = ["high", "excellent", "good", "great", "well", "5", "five", "highly"],
        ["customer rating 1 out of 5"] = ["1", "one", "low", "poor"],
        ["customer rating 3 out of 5"] = ["3", "three", "average"],
        ["customer rating 5 out of 5"] = ["5", "five", "high", "excellent"],
        ["area riverside"] = ["river", "riverside"],
        ["area city centre"] = ["centre", "center", "city", "downtown"],
        ["familyFriendly yes"] = ["family", "families", "kid", "kids", "child", "children"],
        ["familyFriendly no"] = ["family", "families", "kid", "kids", "child", "children", "adult", "adults"],
        ["food English"] = ["english", "british"],
        ["food Fast food"] = ["fast"],
        ["eatType coffee shop"] = ["coffee"],
    };

    public static CaptionSet Load(DirectoryInfo root)
    {
        Description[] train = Read(root, "devset.csv"), test = Read(root, "testset_w_refs.csv");
        // The values become columns of 0 and 1 with ML.NET's own transforms, which know the values of the training part.
        var ml = new MLContext(1);
        IDataView rows = ml.Data.LoadFromEnumerable(train.Select(row => row.Values));
        ITransformer encode = ml.Transforms.Categorical.OneHotEncoding(nameof(AttributeRow.Values)).Fit(rows);
        CaptionedImage[] Part(Description[] part)
        {
            IDataView encoded = encode.Transform(ml.Data.LoadFromEnumerable(part.Select(row => row.Values)));
            float[][] features = [.. encoded.GetColumn<float[]>(nameof(AttributeRow.Values))];
            return
            [
                .. part.Zip(features).GroupBy(pair => pair.First.Meaning).Select(same =>
                    new CaptionedImage(same.First().Second, [.. same.Select(pair => pair.First.Text)]) { Mentions = same.First().First.Mentions }),
            ];
        }
        CaptionedImage[] all = Part(train);
        int[] order = [.. Enumerable.Range(0, all.Length)];
        new Random(1).Shuffle(order);
        int held = all.Length / 10;
        return new CaptionSet([.. order[held..].Select(i => all[i])], [.. order[..held].Select(i => all[i])], Part(test));
    }

    private static Description[] Read(DirectoryInfo root, string file)
    {
        var rows = new List<Description>();
        foreach (string line in DataSets.Read(root, $"e2e_nlg/{file}").Skip(1))
        {
            MatchCollection fields = Field().Matches(line);
            if (fields.Count != 2) continue;
            string meaning = Unquote(fields[0].Value), text = Unquote(fields[1].Value);
            Dictionary<string, string> values = Value().Matches(meaning).ToDictionary(match => match.Groups[1].Value.Trim(), match => match.Groups[2].Value);
            foreach ((string attribute, string word) in new[] { ("name", Name), ("near", Near) })
                if (values.TryGetValue(attribute, out string? name)) text = text.Replace(name, word, StringComparison.OrdinalIgnoreCase);
            var mentions = new List<string[]>();
            if (values.ContainsKey("name")) mentions.Add([Name]);
            if (values.ContainsKey("near")) mentions.Add([Near]);
            foreach (string attribute in Attributes)
            {
                if (!values.TryGetValue(attribute, out string? value)) continue;
                mentions.Add([.. Wordings.GetValueOrDefault($"{attribute} {value}", []), value.ToLowerInvariant()]);
            }
            string[] all = [values.ContainsKey("near") ? "yes" : "no", .. Attributes.Select(attribute => values.GetValueOrDefault(attribute, "none"))];
            string tokens = string.Join(' ', Word().Matches(text.ToLowerInvariant()).Select(match => match.Value));
            rows.Add(new Description(meaning, tokens, new AttributeRow { Values = all }, [.. mentions]));
        }
        return [.. rows];
    }

    private static string Unquote(string field) => field.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("\"(?:[^\"]|\"\")*\"|(?<=^|,)[^,\"]+(?=,|$)")]
    private static partial Regex Field();

    [GeneratedRegex(@"([\w ]+)\[([^\]]*)\]")]
    private static partial Regex Value();

    [GeneratedRegex(@"£?[\p{L}\p{N}]+(?:'[\p{L}]+)?|[.,!?]")]
    private static partial Regex Word();

    private sealed record Description(string Meaning, string Text, AttributeRow Values, string[][] Mentions);

    private sealed class AttributeRow
    {
        [VectorType(7)]
        public string[] Values { get; set; } = [];
    }
}
