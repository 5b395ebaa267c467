// An MSBuild inline task. It must be outside every project folder: inside one, **/*.cs would compile it into the library.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

public class PublicizeReferences : Task
{
    [Required] public ITaskItem[] References { get; set; }
    [Required] public ITaskItem[] Friends { get; set; }
    [Required] public string OutputDirectory { get; set; }
    [Output] public ITaskItem[] Replaced { get; set; }
    [Output] public ITaskItem[] Replacements { get; set; }

    public override bool Execute()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string directory in References.Select(r => Path.GetDirectoryName(r.ItemSpec)).Distinct())
            resolver.AddSearchDirectory(directory);
        Directory.CreateDirectory(OutputDirectory);

        var replaced = new List<ITaskItem>();
        var replacements = new List<ITaskItem>();
        foreach (ITaskItem friend in Friends)
        {
            ITaskItem reference = References.Single(r => Path.GetFileNameWithoutExtension(r.ItemSpec) == friend.ItemSpec);
            string copy = Path.Combine(OutputDirectory, Path.GetFileName(reference.ItemSpec));
            byte[] image = Publicize(reference.ItemSpec, friend.GetMetadata("Types").Split((char[])null, StringSplitOptions.RemoveEmptyEntries), resolver);
            // An unchanged file keeps its time, so that incremental builds stay incremental.
            if (!File.Exists(copy) || !File.ReadAllBytes(copy).SequenceEqual(image)) File.WriteAllBytes(copy, image);
            replaced.Add(reference);
            replacements.Add(new TaskItem(reference) { ItemSpec = copy });
        }
        Replaced = replaced.ToArray();
        Replacements = replacements.ToArray();
        return !Log.HasLoggedErrors;
    }

    private byte[] Publicize(string path, string[] typeNames, IAssemblyResolver resolver)
    {
        using (var module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver }))
        using (var image = new MemoryStream())
        {
            foreach (string name in typeNames)
            {
                TypeDefinition type = module.GetType(name);
                if (type == null)
                {
                    Log.LogError("{0}: expected the type {1}, found none. This version is not supported.", Path.GetFileName(path), name);
                    continue;
                }
                if (type.IsNested) type.IsNestedPublic = true; else type.IsPublic = true;
                foreach (FieldDefinition field in type.Fields)
                    if (field.IsAssembly || field.IsFamilyAndAssembly) field.IsPublic = true;
                foreach (MethodDefinition method in type.Methods)
                    if (method.IsAssembly || method.IsFamilyAndAssembly) method.IsPublic = true;
            }
            module.Write(image, new WriterParameters { DeterministicMvid = true });
            return image.ToArray();
        }
    }
}
