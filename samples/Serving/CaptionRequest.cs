using System.Globalization;

namespace MlNetRnn.Samples.Serving;

/// <summary>A request to caption an image: an optional query such as ?beam=5&amp;nBest=3&amp;attention=false, and the bytes of the image file.</summary>
internal sealed class CaptionRequest
{
    /// <summary>A request as a client may send it.</summary>
    public const string Example = "a body with the bytes of an image file, and a query such as ?beam=5&nBest=3&attention=false";

    private static readonly string[] Known = ["beam", "nBest", "attention"];

    /// <summary>The bytes of the image file.</summary>
    public MemoryStream Image { get; } = new();

    /// <summary>The width of the beam search; null for that of the model.</summary>
    public int? Beam { get; private init; }

    /// <summary>The maximum number of captions.</summary>
    public int NBest { get; private init; } = 1;

    /// <summary>Whether the answer contains the attention of each caption, and the boxes of the regions.</summary>
    public bool Attention { get; private init; } = true;

    /// <summary>Reads a request.</summary>
    /// <param name="query">The query.</param>
    /// <param name="errors">Receives the errors of each parameter.</param>
    /// <returns>The request, still with an empty image.</returns>
    public static CaptionRequest Of(IQueryCollection query, Dictionary<string, string[]> errors)
    {
        foreach (string name in query.Keys.Where(name => !Known.Contains(name)))
            errors[Problems.Shortened(name)] = [$"expected one of the parameters {string.Join(", ", Known)}, got another one"];
        foreach (string name in Known.Where(name => query[name].Count > 1)) errors[name] = [$"expected one value, got {query[name].Count}"];
        if (errors.Count > 0) return new CaptionRequest();
        int? beam = NumberOf(query, "beam", errors), nBest = NumberOf(query, "nBest", errors);
        bool attention = true;
        if (query["attention"] is [{ } text] && !bool.TryParse(text, out attention)) errors["attention"] = [$"expected true or false, got {Shown(text)}"];
        if (errors.Count == 0)
            foreach ((string property, string error) in ResultLimits.Check(beam, nBest ?? 1)) errors[property] = [error];
        return new CaptionRequest { Beam = beam, NBest = nBest ?? 1, Attention = attention };
    }

    /// <summary>Returns the options of a valid request.</summary>
    /// <param name="model">The options of the model, which apply to everything that the request does not contain.</param>
    public RnnTranslationDecodingOptions Options(RnnTranslationDecodingOptions model) => ResultLimits.Apply(model, Beam, NBest);

    private static int? NumberOf(IQueryCollection query, string name, Dictionary<string, string[]> errors)
    {
        if (query[name] is not [{ } text]) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return number;
        errors[name] = [$"expected a number, got {Shown(text)}"];
        return null;
    }

    private static string Shown(string text) => $"'{Problems.Shortened(text)}'";
}
