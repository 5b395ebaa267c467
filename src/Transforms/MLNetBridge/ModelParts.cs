using System.Reflection;
using System.Security.Cryptography;
using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>
/// Writes the named parts of a model into the model file of ML.NET and reads them back. The header of the component lists the length and the SHA-256 of each
/// part, because .NET does not check the CRC of zip entries: a flipped bit in the weights would remain undetected.
/// </summary>
internal static class ModelParts
{
    /// <summary>The names by which ML.NET finds the loaders: at most 24 ASCII characters, unique among all libraries.</summary>
    public const string LoaderName = "MlNetRnnModel", TokenizerLoaderName = "MlNetRnnTokenizer", LanguageModelLoaderName = "MlNetRnnLanguageModel",
        TextGenerationLoaderName = "MlNetRnnTextGeneration", EnsembleLoaderName = "MlNetRnnEnsemble", TranslationLoaderName = "MlNetRnnTranslation",
        CaptioningLoaderName = "MlNetRnnCaptioning";

    private const string Signature = "MLNETRNN";       // ML.NET requires exactly eight characters
    private const uint Version = 0x00010001;
    private const int MaximumParts = 1024;

    // The file holds only the simple name of the assembly, so that other versions of it can load the model.
    private static VersionInfo VersionInfo(string loaderName, Assembly? loader = null) => new(
        Signature, verWrittenCur: Version, verReadableCur: Version, verWeCanReadBack: Version,
        loaderAssemblyName: (loader ?? typeof(ModelParts).Assembly).GetName().Name!, loaderSignature: loaderName);

    /// <param name="context">Writes to the model file.</param>
    /// <param name="loaderName">The name by which ML.NET finds the loader.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="loader">The assembly that registers the loader; null for this one.</param>
    public static void Save(ModelSaveContext context, string loaderName, IReadOnlyList<(string Name, byte[] Content)> parts, Assembly? loader = null)
    {
        context.CheckAtModel();
        if (parts.Count > MaximumParts)
            throw new InvalidOperationException($"Model file: expected at most {MaximumParts} parts, got {parts.Count}. Combine fewer models in an ensemble.");
        context.SetVersionInfo(VersionInfo(loaderName, loader));
        context.Writer.Write(parts.Count);
        foreach ((string name, byte[] content) in parts)
        {
            context.Writer.Write(name);
            context.Writer.Write(content.Length);
            context.Writer.Write(SHA256.HashData(content));
            context.SaveBinaryStream(name, writer => writer.Write(content));
        }
    }

    /// <exception cref="FormatException">A part is missing, cut short or altered.</exception>
    public static IReadOnlyDictionary<string, byte[]> Load(ModelLoadContext context, string loaderName)
    {
        context.CheckAtModel(VersionInfo(loaderName));
        int count = context.Reader.ReadInt32();
        if (count is < 0 or > MaximumParts) throw Damaged($"the list of its parts: expected 0 to {MaximumParts} parts, got {count}");

        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string name = context.Reader.ReadString();
            int length = context.Reader.ReadInt32();
            byte[] hash = context.Reader.ReadBytes(SHA256.HashSizeInBytes);
            byte[]? content = null;
            bool found = context.TryLoadBinaryStream(name, reader => content = Read(reader, name, length));
            if (!found || content is null) throw Damaged($"part '{name}' is missing");
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(hash)) throw Damaged($"the checksum of part '{name}' differs");
            parts[name] = content;
        }
        return parts;
    }

    /// <summary>Returns the content of a part.</summary>
    /// <exception cref="FormatException">The part is missing.</exception>
    public static byte[] Require(IReadOnlyDictionary<string, byte[]> parts, string name) => parts.TryGetValue(name, out byte[]? content)
        ? content
        : throw new FormatException($"Model part: expected '{name}', got only {string.Join(", ", parts.Keys)}. The model file is damaged.");

    private static byte[] Read(BinaryReader reader, string name, int length)
    {
        long available = reader.BaseStream.Length;      // ML.NET unpacks each part into a temporary file
        if (available != length) throw Damaged($"part '{name}': expected {length} bytes, got {available}");
        return reader.ReadBytes(length);
    }

    private static FormatException Damaged(string what) =>
        new($"The model file is damaged: {what}. Save the model again or fetch the file again.");
}
