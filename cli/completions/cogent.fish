# Completion of the program cogent for fish.
set -l commands filter explain kernels filters bench
complete -c cogent -n "not __fish_seen_subcommand_from $commands" -f -a "filter\t'filter pictures' explain\t'say what becomes of a pipeline' kernels\t'the named kernels' filters\t'the filters' bench\t'measure a pipeline'"
complete -c cogent -n "not __fish_seen_subcommand_from $commands" -l version -d 'the version'
complete -c cogent -l help -d 'help'

complete -c cogent -n '__fish_seen_subcommand_from filter' -s o -l output -r -d 'file, folder or pattern of the results'
complete -c cogent -n '__fish_seen_subcommand_from filter' -l files-from -r -d 'a file with names of pictures'
complete -c cogent -n '__fish_seen_subcommand_from filter' -l type -x -a 'png jpg tif webp ppm pgm gif avif jp2 jxl' -d 'format of the results'
complete -c cogent -n '__fish_seen_subcommand_from filter' -l quality -x -d '1 to 100'
complete -c cogent -n '__fish_seen_subcommand_from filter' -l max-pixels -x -d 'larger pictures are refused'
complete -c cogent -n '__fish_seen_subcommand_from filter' -s f -l force -d 'overwrite files that exist'
complete -c cogent -n '__fish_seen_subcommand_from filter' -s n -l dry-run -d 'do nothing'
complete -c cogent -n '__fish_seen_subcommand_from filter' -s q -l quiet -d 'no progress bar'
complete -c cogent -n '__fish_seen_subcommand_from filter explain bench' -l threads -x -d 'threads at once'
complete -c cogent -n '__fish_seen_subcommand_from filter explain bench kernels filters' -l json -d 'as JSON'
complete -c cogent -n '__fish_seen_subcommand_from explain' -l size -x -a '640x480 1280x720 1920x1080 3840x2160' -d 'WIDTHxHEIGHT'
complete -c cogent -n '__fish_seen_subcommand_from explain' -l format -x -a 'gray8 graya8 rgb8 rgba8 gray16 graya16 rgb16 rgba16' -d 'pixels'
complete -c cogent -n '__fish_seen_subcommand_from explain' -l source -d 'the generated C++'
complete -c cogent -n '__fish_seen_subcommand_from explain' -l assembly -d 'the machine code'
complete -c cogent -n '__fish_seen_subcommand_from bench' -l seconds -x -d 'how long to measure'
complete -c cogent -n '__fish_seen_subcommand_from kernels filters' -l names -d 'names alone'
complete -c cogent -n '__fish_seen_subcommand_from filters' -f -a '(cogent filters --names)'
complete -c cogent -n '__fish_seen_subcommand_from kernels' -f -a '(cogent kernels --names)'
