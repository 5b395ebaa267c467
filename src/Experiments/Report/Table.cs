using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A table with a row for each item.</summary>
/// <param name="columns">Title (null: without this column), whether the cells are numbers, and content of each column.</param>
internal sealed class Table<T>(params (string? Title, bool IsNumber, Func<T, object?> Content)[] columns)
{
    private readonly (string? Title, bool IsNumber, Func<T, object?> Content)[] _columns = [.. columns.Where(column => column.Title is not null)];

    public XElement Of(string name, IEnumerable<T> items, Func<T, bool> isBest) => Html.Tag("div", Html.Class("wide"), Html.Tag(
        "table", Html.Class(name),
        Html.Tag("thead", Html.Tag("tr", _columns.Select(column => Html.Tag("th", Html.At("scope", "col"), ClassOf(column.IsNumber), column.Title)))),
        Html.Tag("tbody", items.Select(item => Html.Tag(
            "tr", isBest(item) ? Html.Class("best") : null, _columns.Select(column => Html.Tag("td", ClassOf(column.IsNumber), column.Content(item))))))));

    private static XAttribute? ClassOf(bool isNumber) => isNumber ? Html.Class("number") : null;
}
