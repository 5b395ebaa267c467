using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Accuracy.Captions;

/// <summary>
/// E2E (Novikova et al., 2017): descriptions of restaurants from up to eight attributes. Each attribute is a region, so that the decoder can attend to it. The
/// values of four attributes are replaced by words of their own, and put back into the descriptions that the network writes (delexicalization): most values of
/// the test part do not occur in the training part.
/// </summary>
internal static partial class Restaurants
{
    private const string None = "none";

    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["name"] = "xname",
        ["near"] = "xnear",
        ["eatType"] = "xtype",
        ["food"] = "xfood",
    };

    private static readonly string[] Attributes = ["name", "near", "eatType", "food", "priceRange", "customer rating", "area", "familyFriendly"];

    /// <summary>Wordings of a value. Other values must be mentioned as they are.</summary>
    private static readonly Dictionary<string, string[]> Wordings = new()
    {
        ["priceRange cheap"] = ["cheap", "low", "inexpensive", "affordable", "budget"],
        ["priceRange moderate"] = ["moderate", "average", "mid", "reasonable", "medium"],
        ["priceRange high"] = ["high", "expensive", "pricey"],
        ["priceRange less than £20"] = ["£20", "20", "cheap", "low", "inexpensive", "affordable"],
        ["priceRange £20-25"] = ["£20", "20", "25", "moderate"],
        ["priceRange more than £30"] = ["£30", "30", "high", "expensive"],
        ["customer rating low"] = ["low", "poor", "bad", "one", "1"],
        ["customer rating average"] = ["average", "decent", "three", "3", "mediocre", "moderate"],
        ["customer rating high"] = ["high", "excellent", "good", "great", "well", "5", "five"],
        ["customer rating 1 out of 5"] = ["1", "one", "low", "poor"],
        ["customer rating 3 out of 5"] = ["3", "three", "average"],
        ["customer rating 5 out of 5"] = ["5", "five", "high", "excellent"],
        ["area riverside"] = ["river"],
        ["area city centre"] = ["centre", "center", "city", "downtown"],
        ["familyFriendly yes"] = ["family", "families", "kid", "child"],
        ["familyFriendly no"] = ["family", "families", "kid", "child", "adult"],
    };

    public static CaptionSet Load(DirectoryInfo root)
    {
        Description[] train = Read(root, "devset.csv"), test = Read(root, "testset_w_refs.csv");
        // The values become regions of 0 and 1 with ML.NET's own transforms, which know the values of the training part.
        var ml = new MLContext(1);
        IDataView rows = ml.Data.LoadFromEnumerable(train.Select(row => new AttributeRow { Values = row.Regions }));
        ITransformer encode = ml.Transforms.Categorical.OneHotEncoding(
            nameof(AttributeRow.Values), outputKind: OneHotEncodingEstimator.OutputKind.Indicator).Fit(rows);
        CaptionedImage[] all = Part(train);
        int[] order = [.. Enumerable.Range(0, all.Length)];
        new Random(1).Shuffle(order);
        int held = all.Length / 10;
        return new CaptionSet([.. order[held..].Select(i => WithComplete(all[i]))], [.. order[..held].Select(i => all[i])], Part(test))
        {
            RegionSize = all[0].Features.Length / Attributes.Length,
        };

        CaptionedImage[] Part(Description[] part)
        {
            IDataView encoded = encode.Transform(ml.Data.LoadFromEnumerable(part.Select(row => new AttributeRow { Values = row.Regions })));
            float[][] features = [.. encoded.GetColumn<float[]>(nameof(AttributeRow.Values))];
            return
            [
                .. part.Zip(features).GroupBy(pair => pair.First.Meaning).Select(same => new CaptionedImage(
                    same.First().Second, [.. same.Select(pair => pair.First.Text)])
                {
                    Mentions = same.First().First.Mentions,
                    Words = same.First().First.Words,
                }),
            ];
        }
    }

    /// <summary>Returns the image without the descriptions that leave out an attribute (Dušek et al., 2019), unless all of them do.</summary>
    private static CaptionedImage WithComplete(CaptionedImage image)
    {
        string[] complete = [.. image.Captions.Where(caption => image.Mentioned(caption).All(isMentioned => isMentioned))];
        return complete.Length == 0 ? image : image with { Captions = complete };
    }

    private static Description[] Read(DirectoryInfo root, string file)
    {
        var rows = new List<Description>();
        foreach (string line in DataSets.Read(root, $"e2e_nlg/{file}").Skip(1))
        {
            MatchCollection fields = Field().Matches(line);
            if (fields.Count == 2) rows.Add(ToDescription(Unquote(fields[0].Value), Unquote(fields[1].Value)));
        }
        return [.. rows];
    }

    private static Description ToDescription(string meaning, string text)
    {
        Dictionary<string, string> values = Value().Matches(meaning).ToDictionary(match => match.Groups[1].Value.Trim(), match => match.Groups[2].Value);
        var words = new Dictionary<string, string>();
        foreach ((string attribute, string word) in Placeholders)
        {
            if (!values.TryGetValue(attribute, out string? value)) continue;
            text = text.Replace(value, word, StringComparison.OrdinalIgnoreCase);
            words[word] = Tokens(value);
        }
        string[][] mentions =
        [
            .. values.Select(pair => Placeholders.ContainsKey(pair.Key)
                ? [Tokens(pair.Value)]
                : Wordings.GetValueOrDefault($"{pair.Key} {pair.Value}", [Tokens(pair.Value)])),
        ];
        string[] regions =
        [
            .. Attributes.Select(attribute => $"{attribute} "
                + (!values.TryGetValue(attribute, out string? value) ? None : Placeholders.ContainsKey(attribute) ? "given" : value)),
        ];
        return new Description(meaning, Tokens(text), regions, mentions, words);
    }

    private static string Tokens(string text) => string.Join(' ', Word().Matches(text.ToLowerInvariant()).Select(match => match.Value));

    private static string Unquote(string field) => field.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("\"(?:[^\"]|\"\")*\"|(?<=^|,)[^,\"]+(?=,|$)")]
    private static partial Regex Field();

    [GeneratedRegex(@"([\w ]+)\[([^\]]*)\]")]
    private static partial Regex Value();

    [GeneratedRegex(@"£?[\p{L}\p{N}]+(?:'[\p{L}]+)?|[.,!?]")]
    private static partial Regex Word();

    private sealed record Description(string Meaning, string Text, string[] Regions, string[][] Mentions, IReadOnlyDictionary<string, string> Words);

    private sealed class AttributeRow
    {
        [VectorType(8)]
        public string[] Values { get; set; } = [];
    }
}
