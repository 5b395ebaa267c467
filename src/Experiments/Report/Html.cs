using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>
/// Elements of a page, and their text: an XML tree is well-formed and escaped automatically. Elements that HTML requires to be closed (outside of SVG all but
/// the void ones) need some content, even an empty text.
/// </summary>
internal static partial class Html
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.None,
    };

    public static XElement Tag(string name, params object?[] content) => new(name, content);

    public static XAttribute Class(string names) => new("class", names);

    public static XAttribute At(string name, object value) => new(name, value);

    /// <summary>Returns the page as text; invalid characters in its texts and attributes are replaced or removed.</summary>
    public static string Write(XElement html)
    {
        foreach (XElement element in html.DescendantsAndSelf())
            foreach (XAttribute attribute in element.Attributes()) attribute.Value = Valid(attribute.Value);
        foreach (XText text in html.DescendantNodes().OfType<XText>().ToArray()) text.Value = Valid(text.Value);
        var page = new StringBuilder("<!doctype html>\n");
        using (XmlWriter writer = XmlWriter.Create(page, Settings)) html.WriteTo(writer);
        return page.Append('\n').ToString();
    }

    /// <summary>
    /// Returns the text without characters that HTML does not allow, even escaped: control characters and noncharacters. Halves of surrogate pairs become
    /// U+FFFD.
    /// </summary>
    public static string Valid(string text) => text.All(c => c is >= ' ' and <= '~') ? text
        : Invalid().Replace(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), "");

    /// <summary>Returns the text, shortened if it is longer than the maximum.</summary>
    public static string Short(string text, int most)
    {
        if (text.Length <= most) return text;
        int end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    [GeneratedRegex(@"[\p{Cc}\uFDD0-\uFDEF\uFFFE\uFFFF-[\n\t]]")]
    private static partial Regex Invalid();
}
