internal sealed class Row
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}
