namespace MlNetRnn.Networks;

/// <summary>An attribute of an operator: one of these values.</summary>
internal sealed record OnnxAttribute(string Name, float Number, long Integer, string Text, float[] Numbers, long[] Integers, string[] Texts)
{
    private const int NameField = 1, NumberField = 2, IntegerField = 3, TextField = 4, NumbersField = 7, IntegersField = 8, TextsField = 9;

    /// <summary>Reads an AttributeProto.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static OnnxAttribute Read(ReadOnlySpan<byte> message)
    {
        (string name, float number, long integer, string text) = ("", 0, 0, "");
        List<float> numbers = [];
        List<long> integers = [];
        List<string> texts = [];
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case NameField: name = reader.ReadText(); break;
                case NumberField: number = reader.ReadFloat(); break;
                case IntegerField: integer = reader.ReadInteger(); break;
                case TextField: text = reader.ReadText(); break;
                case NumbersField: reader.ReadInto(numbers); break;
                case IntegersField: reader.ReadInto(integers); break;
                case TextsField: texts.Add(reader.ReadText()); break;
                default: reader.Skip(); break;
            }
        }
        return new OnnxAttribute(name, number, integer, text, [.. numbers], [.. integers], [.. texts]);
    }
}
