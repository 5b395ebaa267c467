using System.CommandLine;
using System.CommandLine.Parsing;

namespace MlNetRnn.Samples;

/// <summary>Errors of the command line in words: System.CommandLine names .NET types.</summary>
public static class ParseErrors
{
    /// <summary>All errors in one line.</summary>
    public static string InOneLine(ParseResult result) =>
        string.Join(' ', result.Errors.Select(Message).Distinct().SelectMany(message => message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string Message(ParseError error)
    {
        bool isConversion = error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);
        if (!isConversion || error.SymbolResult is not OptionResult { Option: { } option } given) return error.Message;
        return $"{option.Name}: expected {Words(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType)}, got "
            + $"'{string.Join(' ', given.Tokens.Select(token => token.Value))}'.";
    }

    private static string Words(Type type) =>
        type == typeof(int) ? "a whole number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(float) || type == typeof(double) ? "a number"
        : type == typeof(DirectoryInfo) ? "a folder"
        : "a file";
}
