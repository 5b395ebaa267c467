namespace MlNetRnn.Tests;

/// <summary>The clone of the repository that the tests run in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "MlNetRnn.sln"))) return d.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory}: expected a folder in a clone of the repository, got none. Run the tests there.");
    }
}
