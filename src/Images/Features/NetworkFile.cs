using System.Security.Cryptography;

namespace MlNetRnn.Images.Features;

/// <summary>A file of the package Microsoft.ML.DnnImageFeaturizer.ResNet18, whose build files copy it to the folder of the application.</summary>
/// <param name="Folder">The folder of the network files of ML.NET.</param>
/// <param name="Name">The path in this folder.</param>
/// <param name="Sha256">The SHA-256 of the file, in hexadecimal digits.</param>
internal sealed record NetworkFile(string Folder, string Name, string Sha256)
{
    private const string Package = "Microsoft.ML.DnnImageFeaturizer.ResNet18";

    private string FullName => Path.Combine(Folder, Name);

    /// <summary>Reads the file.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="FormatException">The file differs from the published one.</exception>
    public byte[] Read()
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(FullName);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                $"Image network: expected the file {FullName}, got none. The package {Package} contains it, and the build copies it to the application. "
                + "Reference MlNetRnn.Images or that package in the project of the application, and deploy the folder DnnImageModels with it.",
                FullName,
                e);
        }
        string found = Convert.ToHexString(SHA256.HashData(content));
        if (found != Sha256)
        {
            throw new FormatException(
                $"Image network: expected {FullName} with the SHA-256 {Sha256}, got {found}. Models with other weights compute other features. "
                + $"Restore the file of the package {Package}, version 0.23.1 or 0.24.0.");
        }
        return content;
    }
}
